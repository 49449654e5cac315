/** The test mail of a deployment is written as the report will be. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { testMail } from "../../../ops/deploy/Smoke.ts"
import { targetOf } from "../../../ops/deploy/Target.ts"

const settings = {
  siteName: "cv.example.com",
  reportFrom: "reports@example.com",
  reportTo: ["owner@example.com"],
  alarmEmail: "owner@example.com"
} as const

const price = { model: "my-model", from: "2026-01-01", input: 0.2, cachedInput: 0.02, output: 0.8 }

describe("The test mail of a deployment", () => {
  it.effect("hides questions, counts weeks and knows prices as the report does", () =>
    Effect.gen(function* () {
      const target = yield* targetOf({
        ...settings,
        reportLanguage: "de",
        reportQuestions: "hidden",
        reportTimeZone: "Europe/Oslo",
        reportUnsubscribeUrl: "https://example.com/out",
        modelPrices: [price]
      })
      const { args } = testMail(target)
      const given = (flag: string) => args[args.indexOf(flag) + 1]
      assert.strictEqual(given("--language"), "de")
      assert.strictEqual(given("--questions"), "hidden")
      assert.strictEqual(given("--zone"), "Europe/Oslo")
      assert.strictEqual(given("--unsubscribe-url"), "https://example.com/out")
      assert.deepStrictEqual(JSON.parse(given("--prices") ?? ""), [price])
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.effect("leaves to the report's defaults what nobody has set", () =>
    Effect.gen(function* () {
      const { args } = testMail(yield* targetOf(settings))
      for (const flag of ["--language", "--questions", "--zone", "--unsubscribe-url", "--prices"]) {
        assert.notInclude(args, flag)
      }
    }).pipe(Effect.provide(NodeServices.layer))
  )
})
