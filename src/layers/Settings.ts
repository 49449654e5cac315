import type * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"

/** One environment variable: how to read it, what it must be, and a value that would do. */
export interface Setting<A> {
  readonly config: Config.Config<A>
  readonly expected: string
  readonly example: string
}

/**
 * Every variable that is missing or invalid, in one message; never a value, for it may be a secret.
 */
export class SettingsInvalid extends Data.TaggedError("SettingsInvalid")<{
  readonly settings: ReadonlyArray<{
    readonly name: string
    readonly expected: string
    readonly example: string
  }>
}> {
  override get message() {
    const lines = this.settings.map(
      ({ example, expected, name }) => `  ${name}: expected ${expected}, for example ${example}`
    )
    return ["These variables are missing or invalid:", ...lines].join("\n")
  }
}

type Values<S> = { readonly [Name in keyof S]: S[Name] extends Setting<infer A> ? A : never }

/** Reads all settings of a program at its start, or fails with all that are wrong at once. */
export const read = <S extends Readonly<Record<string, Setting<unknown>>>>(
  settings: S
): Effect.Effect<Values<S>, SettingsInvalid> =>
  Effect.gen(function* () {
    const provider = yield* ConfigProvider.ConfigProvider
    const values: Record<string, unknown> = {}
    const wrong: Array<{ name: string; expected: string; example: string }> = []
    for (const [name, { config, example, expected }] of Object.entries(settings)) {
      const exit = yield* Effect.exit(config.parse(provider))
      if (Exit.isSuccess(exit)) values[name] = exit.value
      else wrong.push({ name, expected, example })
    }
    if (wrong.length > 0) return yield* new SettingsInvalid({ settings: wrong })
    return values as Values<S>
  })
