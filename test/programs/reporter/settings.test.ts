import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { addressesOf, channelSettings } from "../../../src/programs/reporter/channelSettings.ts"
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

describe("The language of the mail", () => {
  const { REPORT_LANGUAGE } = settings
  const languageIn = (env: Record<string, string>) =>
    Settings.read({ REPORT_LANGUAGE }).pipe(
      Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnvRecord(env)),
      Effect.map((read) => read.REPORT_LANGUAGE)
    )

  it.effect("is English where nothing is said, and else one that has a catalogue", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* languageIn({}), "en")
      assert.strictEqual(yield* languageIn({ REPORT_LANGUAGE: "pt" }), "pt")
      for (const REPORT_LANGUAGE of ["nl", "DE", "german"]) {
        const error = yield* Effect.flip(languageIn({ REPORT_LANGUAGE }))
        assert.include(error.message, "the language of the e-mail: en, de, fr, es, it, pt")
      }
    })
  )
})

describe("The settings of channels", () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`
  const address = "https://hooks.example.com/services/secret-4711"
  const whole = {
    SLACK_URL: address,
    DISCORD_URL: address,
    WEBHOOK_URL: address,
    WEBHOOK_SECRET: secret,
    CHANNEL_QUESTIONS: "shown"
  }
  const readChannels = (env: Record<string, string>) =>
    Settings.read(channelSettings).pipe(
      Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnvRecord(env))
    )

  it.effect("are addresses that cannot be printed", () =>
    Effect.gen(function* () {
      const read = yield* readChannels(whole)
      const addresses = addressesOf(read)
      assert.sameMembers(Object.keys(addresses), ["slack", "discord", "webhook"])
      assert.strictEqual(Redacted.value(addresses.slack!), address)
      for (const hidden of ["4711", secret]) {
        assert.notInclude(`${JSON.stringify(addresses)} ${JSON.stringify(read)}`, hidden)
      }
    })
  )

  it.effect("may all be absent or empty, and questions are hidden then", () =>
    Effect.gen(function* () {
      for (const env of [{}, Object.fromEntries(Object.keys(whole).map((name) => [name, ""]))]) {
        const read = yield* readChannels(env)
        assert.deepStrictEqual(addressesOf(read), {})
        assert.strictEqual(read.CHANNEL_QUESTIONS, "hidden")
      }
    })
  )

  it.effect("are refused by name, without their values", () =>
    Effect.gen(function* () {
      const short = `whsec_${Buffer.alloc(23, 7).toString("base64")}`
      for (const [name, value] of [
        ["SLACK_URL", "http://hooks.example.com/secret-4711"],
        ["SLACK_URL", "secret-4711"],
        ["DISCORD_URL", "https://me:secret-4711@discord.example"],
        ["DISCORD_URL", "ftp://discord.example/secret-4711"],
        ["WEBHOOK_SECRET", "secret-4711"],
        ["WEBHOOK_SECRET", short],
        ["WEBHOOK_SECRET", `${secret}!`],
        ["WEBHOOK_SECRET", ""],
        ["WEBHOOK_URL", ""],
        ["CHANNEL_QUESTIONS", "some"]
      ] as const) {
        const error = yield* Effect.flip(readChannels({ ...whole, [name]: value }))
        assert.deepStrictEqual(
          error.settings.map((each) => each.name),
          [name]
        )
        for (const hidden of ["4711", secret, short]) {
          assert.notInclude(`${error.message} ${JSON.stringify(error)}`, hidden)
        }
      }
    })
  )

  it.effect("may name this machine without encryption", () =>
    Effect.gen(function* () {
      for (const host of ["127.0.0.1:8080", "localhost:1", "[::1]:1"]) {
        assert.property(addressesOf(yield* readChannels({ SLACK_URL: `http://${host}/` })), "slack")
      }
    })
  )
})
