/** A wrong setting is told in the owner's words, together with every other one of the file. */
import { writeFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { readSettings } from "../../../ops/deploy/Settings.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { settings } from "./Operator.ts"

/** Reads a `deploy.json` of that text. */
const read = Effect.fnUntraced(
  function* (text: string, stage?: string) {
    const folder = yield* temporaryFolder
    writeFileSync(`${folder}/deploy.json`, text)
    return yield* readSettings(`${folder}/deploy.json`, stage).pipe(
      Effect.mapError((fault) => fault.what.replaceAll(`${folder}/`, ""))
    )
  },
  Effect.scoped,
  Effect.provide(NodeServices.layer)
)

const mistakesIn = Effect.fnUntraced(function* (written: unknown, stage?: string) {
  const what = yield* Effect.flip(read(JSON.stringify(written), stage))
  const [first, ...mistakes] = what.split("\n    ")
  assert.strictEqual(first, "deploy.json cannot be used:")
  return mistakes
})

const mistakes: Readonly<Record<string, readonly [written: object, says: string]>> = {
  "a misspelt name, with the one that was probably meant": [
    { ...settings, regoin: "eu-west-1" },
    '"regoin" is not a setting of deploy.json; did you mean "region"?'
  ],
  "a name in Terraform's spelling": [
    { ...settings, alarm_email: "owner@example.com" },
    '"alarm_email" is not a setting of deploy.json; did you mean "alarmEmail"?'
  ],
  "a name that resembles no setting": [
    { ...settings, colour: "red" },
    '"colour" is not a setting of deploy.json.'
  ],
  "a missing setting": [{ ...settings, siteName: undefined }, '"siteName" is missing.'],
  "an empty text": [{ ...settings, region: "" }, '"region" must be a region such as eu-west-1.'],
  "a region by its place": [
    { ...settings, region: "Ireland" },
    '"region" must be a region such as eu-west-1.'
  ],
  "a mistake of a stage that is not deployed": [
    { ...settings, stages: { staging: { siteNmae: "staging.example.com" } } },
    '"stages.staging.siteNmae" is not a setting of deploy.json; did you mean "siteName"?'
  ],
  "a channel without encryption": [
    { ...settings, channels: { slack: "http://hooks.example.com/secret" } },
    '"channels.slack" must be an https address without a name or password.'
  ],
  "a webhook without its secret": [
    { ...settings, channels: { webhook: { url: "https://example.com/hook" } } },
    '"channels.webhook.secret" is missing.'
  ],
  "a webhook's secret of another form": [
    { ...settings, channels: { webhook: { url: "https://example.com/hook", secret: "x" } } },
    '"channels.webhook.secret" must be whsec_ and the base64 of 24 to 64 random bytes.'
  ],
  "a channel that there is not": [
    { ...settings, channels: { slak: "https://hooks.example.com/x" } },
    '"channels.slak" is not a setting of deploy.json; did you mean "slack"?'
  ],
  "a watch with a word in the place of a switch": [
    { ...settings, watch: { on: "yes" } },
    '"watch.on" must be true or false.'
  ],
  "a daily budget that is none": [
    { ...settings, watch: { dailyBudgetUsd: -1 } },
    '"watch.dailyBudgetUsd" must be more than 0 US dollars.'
  ],
  "an own Worker without its address": [
    { ...settings, worker: { config: "../site/wrangler.jsonc" } },
    '"worker.url" is missing.'
  ],
  "an own Worker's address that is none": [
    { ...settings, worker: { config: "../site/wrangler.jsonc", url: "bot.example.com" } },
    '"worker.url" must be an address that begins with https://.'
  ],
  "a misspelt name inside of the own Worker": [
    { ...settings, worker: { config: "wrangler.jsonc", url: "https://x.example", adk: {} } },
    '"worker.adk" is not a setting of deploy.json; did you mean "ask"?'
  ],
  "a question's path that is a whole address": [
    {
      ...settings,
      worker: {
        config: "wrangler.jsonc",
        url: "https://x.example",
        ask: { path: "api/chat", body: {} }
      }
    },
    '"worker.ask.path" must be a path that begins with /.'
  ],
  "a stage without a Worker of its own": [
    {
      ...settings,
      worker: { config: "wrangler.jsonc", url: "https://x.example" },
      stages: { staging: {} }
    },
    '"stages.staging.worker" must name another Worker than production\'s.'
  ],
  "a number in place of a text": [
    { ...settings, siteName: 7 },
    '"siteName" must be a text in quotes.'
  ],
  "a text in place of a list": [
    { ...settings, reportTo: "owner@example.com" },
    '"reportTo" must be a list in brackets.'
  ],
  "a wrong address by its place in the list": [
    { ...settings, reportTo: ["owner@example.com", "owner"] },
    '"reportTo[1]" must be an e-mail address such as owner@example.com.'
  ],
  "an account that has not twelve digits": [
    { ...settings, account: "1234" },
    '"account" must be the twelve digits of an AWS account.'
  ],
  "a time zone that does not exist": [
    { ...settings, reportTimeZone: "Europe/Atlantis" },
    '"reportTimeZone" must be an IANA time zone, for example Europe/London.'
  ],
  "a language that the mail does not speak": [
    { ...settings, reportLanguage: "nl" },
    '"reportLanguage" must be "en" or "de" or "fr" or "es" or "it" or "pt".'
  ],
  "a word that the reporter does not know": [
    { ...settings, reportQuestions: "some" },
    '"reportQuestions" must be "shown" or "hidden".'
  ],
  "an address that the reporter refuses": [
    { ...settings, reportUnsubscribeUrl: "http://example.com" },
    '"reportUnsubscribeUrl" must be an https address such as https://example.com/unsubscribe.'
  ],
  "a misspelt name inside of a price": [
    {
      ...settings,
      modelPrices: [
        { model: "m", from: "2026-01-01", input: 1, cachedInput: 1, output: 1, outptu: 1 }
      ]
    },
    '"modelPrices[0].outptu" is not a setting of deploy.json; did you mean "output"?'
  ],
  "a price below 0": [
    {
      ...settings,
      modelPrices: [{ model: "m", from: "2026-01-01", input: -1, cachedInput: 1, output: 1 }]
    },
    '"modelPrices[0].input" must be a price from 0 to 1,000,000.'
  ],
  "two prices of a model from one day": [
    {
      ...settings,
      modelPrices: [1, 2].map((input) => ({
        model: "m",
        from: "2026-01-01",
        input,
        cachedInput: 1,
        output: 1
      }))
    },
    '"modelPrices[1]" must be the only price of its model from that day.'
  ],
  "a token of Workers AI without its account": [
    { ...settings, workersAi: { token: "secret-4711" } },
    '"workersAi.account" is missing.'
  ],
  "an account of Workers AI that is none": [
    { ...settings, workersAi: { account: "me", token: "secret-4711" } },
    '"workersAi.account" must be the 32 hexadecimal digits of an account.'
  ],
  "stages that are a list": [{ ...settings, stages: [] }, '"stages" must be an object in braces.']
}

describe("deploy.json", () => {
  it.effect("is read with the settings of its stage in place of the others", () =>
    Effect.gen(function* () {
      const stages = { staging: { siteName: "staging.example.com" } }
      const text = JSON.stringify({ ...settings, stages })
      assert.deepStrictEqual(yield* read(text), settings as never)
      assert.strictEqual((yield* read(text, "staging")).siteName, "staging.example.com")
    })
  )

  for (const [sentence, [written, says]] of Object.entries(mistakes)) {
    it.effect(`is refused for ${sentence}`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* mistakesIn(written), [says])
      })
    )
  }

  it.effect("is refused with all of its mistakes at once", () =>
    Effect.gen(function* () {
      const { alarmEmail: _, ...rest } = settings
      const written = { ...rest, regoin: "eu-west-1", reportFrom: "me", modelPrices: [{}] }
      assert.sameMembers(yield* mistakesIn(written), [
        '"regoin" is not a setting of deploy.json; did you mean "region"?',
        '"reportFrom" must be an e-mail address such as owner@example.com.',
        '"alarmEmail" is missing.',
        ...["model", "from", "input", "cachedInput", "output"].map(
          (name) => `"modelPrices[0].${name}" is missing.`
        )
      ])
    })
  )

  it.effect("names a mistake of a stage where it is written", () =>
    Effect.gen(function* () {
      const written = { ...settings, stages: { staging: { siteNaem: "x", account: "1" } } }
      assert.sameMembers(yield* mistakesIn(written, "staging"), [
        '"stages.staging.siteNaem" is not a setting of deploy.json; did you mean "siteName"?',
        '"stages.staging.account" must be the twelve digits of an AWS account.'
      ])
    })
  )

  it.effect("that is not JSON is refused with the line", () =>
    Effect.gen(function* () {
      const what = yield* Effect.flip(read('{\n  "siteName": "a"\n  "region": "b"\n}'))
      assert.strictEqual(
        what,
        "deploy.json cannot be used:\n    it is not JSON: comma expected in line 3."
      )
    })
  )
})
