/** The figures of the decision on cost are those that `npm run ops -- cost` computes. */
import { readFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { estimate, type Traffic } from "../../ops/cost/estimate.ts"
import { knownTimings } from "../../ops/cost/Timings.ts"

const page = readFileSync(new URL("../../docs/decisions/0018-cost.md", import.meta.url), "utf8")

const rows = [...page.matchAll(/^\| ([\d,]+) \| \$([\d.]+) \| \$([\d.]+) \|$/gm)].map(
  ([, questions = "", ours = "", original = ""]) => ({
    questions: Number(questions.replaceAll(",", "")),
    ours,
    original
  })
)

/** Writes as many digits as the page does. */
const written = (usd: number, like: string): string => usd.toFixed(like.split(".")[1]?.length ?? 0)

const traffic = (questions: number): Traffic => ({
  questions,
  eventKb: 20,
  answerMs: knownTimings.answerMs
})

describe("the decision on cost", () => {
  it("has a table", () => assert.isAtLeast(rows.length, 4))

  for (const { original, ours, questions } of rows) {
    it.live(
      `says what ${questions} questions a month cost`,
      () =>
        Effect.gen(function* () {
          const bills = yield* estimate(traffic(questions), { withOriginal: true })
          assert.isDefined(bills.original)
          assert.deepStrictEqual(
            [written(bills.ours.bill.usd, ours), written(bills.original.bill.usd, original)],
            [ours, original]
          )
        }).pipe(Effect.provide(NodeServices.layer)),
      60_000
    )
  }

  it.live(
    "says what breaks next, and from when on",
    () =>
      Effect.gen(function* () {
        const { breaks } = (yield* estimate(traffic(10_000), {})).ours
        const [, storage = ""] = /DynamoDB\s+storage\s+at ([\d,]+)/.exec(page) ?? []
        const [first, second] = breaks
        assert.deepStrictEqual([first?.service, second?.service], ["SQS", "DynamoDB"])
        const promised = Number(storage.replaceAll(",", ""))
        assert.strictEqual(promised, Math.floor((second?.questions ?? 0) / 10_000) * 10_000)
      }).pipe(Effect.provide(NodeServices.layer)),
    60_000
  )
})
