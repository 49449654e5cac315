import type * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

/** One environment variable: how to read it, what it must be, and a value that would do. */
export interface Setting<A> {
  readonly config: Config.Config<A>
  readonly expected: string
  readonly example: string
  /** Its own error says what is wrong, in words that hold nothing of the value. */
  readonly explains?: boolean
}

interface Wrong {
  readonly name: string
  readonly expected: string
  readonly example: string
  readonly reason: string | undefined
}

/**
 * Every variable that is missing or invalid, in one message; never a value, for it may be a secret.
 */
export class SettingsInvalid extends Data.TaggedError("SettingsInvalid")<{
  readonly settings: ReadonlyArray<Wrong>
}> {
  override get message() {
    const lines = this.settings.map(
      ({ example, expected, name, reason }) =>
        `  ${name}: expected ${expected}, for example ${example}${reason ? `; ${reason}` : ""}`
    )
    return ["These variables are missing or invalid:", ...lines].join("\n")
  }
}

/** Without the path below, which is the name of the variable. */
const reasonOf = ({ cause }: Config.ConfigError): string | undefined => cause.message.split("\n")[0]

export type Values<S> = { readonly [Name in keyof S]: S[Name] extends Setting<infer A> ? A : never }

/** Reads all settings of a program at its start, or fails with all that are wrong at once. */
export const read = <S extends Readonly<Record<string, Setting<unknown>>>>(
  settings: S
): Effect.Effect<Values<S>, SettingsInvalid> =>
  Effect.gen(function* () {
    const provider = yield* ConfigProvider.ConfigProvider
    const values: Record<string, unknown> = {}
    const wrong: Array<Wrong> = []
    for (const [name, { config, example, expected, explains }] of Object.entries(settings)) {
      const parsed = yield* Effect.result(config.parse(provider))
      if (Result.isSuccess(parsed)) values[name] = parsed.success
      else {
        const reason = explains ? reasonOf(parsed.failure) : undefined
        wrong.push({ name, expected, example, reason })
      }
    }
    if (wrong.length > 0) return yield* new SettingsInvalid({ settings: wrong })
    return values as Values<S>
  })
