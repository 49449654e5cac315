import type * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

/** One environment variable: its reader, the values that it takes, and an example. */
export interface Setting<A> {
  readonly config: Config.Config<A>
  readonly expected: string
  readonly example: string
  /** Its error may be shown, because it explains the fault and never quotes the value. */
  readonly explains?: boolean
}

interface Wrong extends Pick<Setting<unknown>, "expected" | "example"> {
  readonly name: string
  readonly reason: string | undefined
}

/** Names every missing or invalid variable, and no value, because it may be a secret. */
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

/** Leaves out the path, which only repeats the name of the variable. */
const reasonOf = ({ cause }: Config.ConfigError): string | undefined => cause.message.split("\n")[0]

export type Values<S> = { readonly [Name in keyof S]: S[Name] extends Setting<infer A> ? A : never }

/** Reads all settings of a program at its start, or fails with all the wrong ones at once. */
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
