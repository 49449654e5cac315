/** The settings that each program exports as data. */
import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import { settings as edge } from "../../src/programs/edge/settings.ts"
import type { Setting } from "../../src/runtime/Settings.ts"

const programs: Readonly<Record<string, Readonly<Record<string, Setting<unknown>>>>> = { edge }

for (const [program, settings] of Object.entries(programs)) {
  describe(`A setting of the ${program}`, () => {
    for (const [name, { config }] of Object.entries(settings)) {
      it.effect(`${name} is read from the variable of that name and no other`, () =>
        Effect.gen(function* () {
          const asked: Array<string> = []
          const provider = ConfigProvider.make((path) => {
            asked.push(path.join("."))
            return Effect.succeed(undefined)
          })
          yield* Effect.exit(config.parse(provider))
          assert.deepStrictEqual([...new Set(asked)], [name])
        })
      )
    }
  })
}
