import type * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { SettingsInvalid, type WrongSetting } from "./SettingsInvalid.ts"

/** One environment variable: its reader, the values that it takes, and an example. */
export interface Setting<A> {
  readonly config: Config.Config<A>
  readonly expected: string
  readonly example: string
  /** Its error may be shown, because it explains the fault and never quotes the value. */
  readonly explains?: boolean
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
    const wrong: Array<WrongSetting> = []
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
