import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { settings } from "../../../src/programs/reporter/settings.ts"
import * as Settings from "../../../src/runtime/Settings.ts"

const { WORKERS_AI_ACCOUNT, WORKERS_AI_TOKEN } = settings
const account = "0123456789abcdef0123456789abcdef"
const token = "secret-4711"

const readFrom = (env: Record<string, string>) =>
  Settings.read({ WORKERS_AI_ACCOUNT, WORKERS_AI_TOKEN }).pipe(
    Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnvRecord(env))
  )

/** The variables that the error names; it never shows the token. */
const wrongIn = Effect.fnUntraced(function* (env: Record<string, string>) {
  const error = yield* Effect.flip(readFrom(env))
  assert.notInclude(`${error.message} ${JSON.stringify(error)}`, token)
  return error.settings.map(({ name }) => name)
})

describe("The two settings of Workers AI", () => {
  it.effect("are read together, and the token is no text that could be printed", () =>
    Effect.gen(function* () {
      const read = yield* readFrom({ WORKERS_AI_ACCOUNT: account, WORKERS_AI_TOKEN: token })
      assert.deepStrictEqual(read.WORKERS_AI_ACCOUNT, Option.some(account))
      assert.strictEqual(Redacted.value(Option.getOrThrow(read.WORKERS_AI_TOKEN)), token)
      assert.notInclude(JSON.stringify(read), token)
    })
  )

  it.effect("may both be absent or empty", () =>
    Effect.gen(function* () {
      for (const env of [{}, { WORKERS_AI_ACCOUNT: "", WORKERS_AI_TOKEN: "" }]) {
        const read = yield* readFrom(env)
        assert.isTrue(Option.isNone(read.WORKERS_AI_ACCOUNT))
        assert.isTrue(Option.isNone(read.WORKERS_AI_TOKEN))
      }
    })
  )

  it.effect("are refused one without the other, by the name of the missing one", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* wrongIn({ WORKERS_AI_TOKEN: token }), ["WORKERS_AI_ACCOUNT"])
      assert.deepStrictEqual(
        yield* wrongIn({ WORKERS_AI_ACCOUNT: account, WORKERS_AI_TOKEN: "" }),
        ["WORKERS_AI_TOKEN"]
      )
    })
  )

  it.effect("are refused with an account that could be another part of the address", () =>
    Effect.gen(function* () {
      for (const other of ["../user", `${account}/ai`, "my-account"]) {
        const env = { WORKERS_AI_ACCOUNT: other, WORKERS_AI_TOKEN: token }
        assert.deepStrictEqual(yield* wrongIn(env), ["WORKERS_AI_ACCOUNT"])
      }
    })
  )
})
