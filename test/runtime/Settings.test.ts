import { assert, describe, it } from "@effect/vitest"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Settings from "../../src/runtime/Settings.ts"
import { OwnPatterns } from "../../src/schema/redaction/OwnPatterns.ts"

const settings = {
  TABLE_NAME: {
    config: Config.NonEmptyString("TABLE_NAME"),
    expected: "the name of the table",
    example: "cv-analytics"
  },
  QUEUE_URL: {
    config: Config.URL("QUEUE_URL"),
    expected: "the URL of the queue",
    example: "https://sqs.example.com/1/q.fifo"
  },
  API_KEY: {
    config: Config.Redacted("API_KEY"),
    expected: "the key",
    example: "wJalrXUtnFEMI"
  },
  BATCH_SIZE: {
    config: Config.Int("BATCH_SIZE").pipe(Config.withDefault(10)),
    expected: "a whole number",
    example: "10"
  }
}

const readFrom = (env: Record<string, string>) =>
  Settings.read(settings).pipe(
    Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnvRecord(env))
  )

const complete = {
  TABLE_NAME: "cv-analytics",
  QUEUE_URL: "https://sqs.example.com/1/q.fifo",
  API_KEY: "secret-4711",
  BATCH_SIZE: "5"
}

describe("Settings.read", () => {
  it.effect("gives every value under its name, decoded", () =>
    Effect.gen(function* () {
      const env = yield* readFrom(complete)
      assert.strictEqual(env.TABLE_NAME, "cv-analytics")
      assert.strictEqual(env.QUEUE_URL.href, complete.QUEUE_URL)
      assert.strictEqual(Redacted.value(env.API_KEY), "secret-4711")
      assert.strictEqual(env.BATCH_SIZE, 5)
    })
  )

  it.effect("gives the default of a variable that may be missing", () =>
    Effect.gen(function* () {
      const { BATCH_SIZE: _, ...env } = complete
      assert.strictEqual((yield* readFrom(env)).BATCH_SIZE, 10)
    })
  )

  it.effect("lists every variable that is missing or invalid, with an example, at once", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(readFrom({ QUEUE_URL: "not a URL", BATCH_SIZE: "ten" }))
      assert.strictEqual(error._tag, "SettingsInvalid")
      assert.strictEqual(
        error.message,
        [
          "These variables are missing or invalid:",
          "  TABLE_NAME: expected the name of the table, for example cv-analytics",
          "  QUEUE_URL: expected the URL of the queue, for example https://sqs.example.com/1/q.fifo",
          "  API_KEY: expected the key, for example wJalrXUtnFEMI",
          "  BATCH_SIZE: expected a whole number, for example 10"
        ].join("\n")
      )
    })
  )

  it.effect("lists only the wrong variables", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(readFrom({ ...complete, QUEUE_URL: "nowhere" }))
      assert.deepStrictEqual(
        error.settings.map(({ name }) => name),
        ["QUEUE_URL"]
      )
    })
  )

  it.effect("explains the fault of a variable whose errors never quote", () =>
    Effect.gen(function* () {
      const PATTERNS = {
        config: Config.schema(OwnPatterns, "PATTERNS"),
        expected: "a pattern a line",
        example: "id /KD-[0-9]+/",
        explains: true
      }
      const env = { PATTERNS: "id /KD-[0-9]+/\nid /secret-4711(/" }
      const error = yield* Effect.flip(
        Settings.read({ PATTERNS }).pipe(
          Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnvRecord(env))
        )
      )
      assert.strictEqual(
        error.message.split("\n").at(-1),
        "  PATTERNS: expected a pattern a line, for example id /KD-[0-9]+/; " +
          "line 2 holds no valid regular expression"
      )
      assert.notInclude(JSON.stringify(error), "secret-4711")
    })
  )

  it.effect("treats an empty variable as a missing one", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(readFrom({ ...complete, TABLE_NAME: "" }))
      assert.deepStrictEqual(
        error.settings.map(({ name }) => name),
        ["TABLE_NAME"]
      )
    })
  )

  it.effect("never reveals a value, because it may be a secret", () =>
    Effect.gen(function* () {
      const secret = "secret-4711"
      const error = yield* Effect.flip(
        readFrom({ TABLE_NAME: "", QUEUE_URL: secret, API_KEY: secret, BATCH_SIZE: secret })
      )
      for (const text of [error.message, String(error), error.stack, JSON.stringify(error)]) {
        assert.notInclude(text, secret)
      }
    })
  )
})
