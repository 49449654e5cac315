/** The variables and bindings of a Worker, as far as they belong to the analytics. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { readSettings, settings } from "./settings.ts"

/** A Secrets Store did not give its secret; the next request tries again. */
export class SecretUnavailable extends Data.TaggedError("SecretUnavailable")<{
  readonly variable: string
}> {
  override get message() {
    return `the Secrets Store did not give ${this.variable}`
  }
}

/** A binding of a Secrets Store, whose value comes only when it is asked for. */
interface SecretBinding {
  readonly get: () => Promise<unknown>
}

const isSecret = (value: unknown): value is SecretBinding =>
  typeof value === "object" && value !== null && typeof (value as SecretBinding).get === "function"

const textOf = (variable: string, value: unknown): Effect.Effect<string, SecretUnavailable> => {
  if (typeof value === "string") return Effect.succeed(value)
  if (!isSecret(value)) return Effect.succeed("")
  return Effect.tryPromise({
    try: async () => {
      const text = await value.get()
      if (typeof text !== "string") throw new TypeError("no text")
      return text
    },
    catch: () => new SecretUnavailable({ variable })
  })
}

const valuesOf = (env: object) => env as Readonly<Record<string, unknown>>

/** Fails with all variables that are missing or wrong at once. */
export const readVariables = Effect.fnUntraced(function* (env: object) {
  const texts: Record<string, string> = {}
  for (const name of Object.keys(settings)) texts[name] = yield* textOf(name, valuesOf(env)[name])
  return yield* Effect.fromResult(readSettings(texts))
})
