/** The figures of the decisions on cost and on drains are those that `npm run ops -- cost` computes. */
import { readFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { estimate, type Traffic } from "../../ops/cost/estimate.ts"
import type { Bill } from "../../ops/cost/Meter.ts"
import { knownTimings } from "../../ops/cost/Timings.ts"

const textOf = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8")

const page = textOf("docs/decisions/0018-cost.md")
const drains = textOf("docs/decisions/0029-drain-by-schedule.md")

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

const numberIn = (text: string): number => Number(text.replaceAll(",", ""))

const compared = [...drains.matchAll(/^\| ([\d,]+) \|(.+)\|$/gm)].map(
  ([, questions = "", cells = ""]) => ({
    questions: numberIn(questions),
    cells: cells.split("|").map((cell) => cell.trim())
  })
)

const requestsIn = ({ lines }: Bill) =>
  lines.find(({ service }) => service === "SQS")?.usage.toLocaleString("en")

describe("the decision on drains", () => {
  it("has a table", () => assert.isAtLeast(compared.length, 4))

  for (const { cells, questions } of compared) {
    it.live(
      `says what ${questions} questions a month take in each delivery`,
      () =>
        Effect.gen(function* () {
          const [, , byTrigger = "", bySchedule = ""] = cells
          const trigger = yield* estimate(traffic(questions), {})
          const schedule = yield* estimate(traffic(questions), { delivery: "schedule" })
          const [one, other] = [trigger.ours.bill, schedule.ours.bill]
          assert.deepStrictEqual(cells, [
            requestsIn(one),
            requestsIn(other),
            written(one.usd, byTrigger),
            written(other.usd, bySchedule)
          ])
        }).pipe(Effect.provide(NodeServices.layer)),
      60_000
    )
  }

  it.live(
    "says up to how many questions they are free, as the README and the other pages do",
    () =>
      Effect.gen(function* () {
        const { ours } = yield* estimate(traffic(10_000), { delivery: "schedule" })
        const thousands = ours.freeUpTo.map(({ questions = 0 }) => Math.floor(questions / 1000))
        for (const each of thousands) assert.include(drains, `${each},000`)
        for (const text of [page, textOf("README.md")]) {
          assert.include(text, `${Math.max(...thousands)},000`)
        }
      }).pipe(Effect.provide(NodeServices.layer)),
    60_000
  )
})
