import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Result from "effect/Result"
import { toCron } from "../../../infra/definitions/Schedule.ts"
import { planOf, stagesOf } from "../../../local/demo/Plan.ts"

const zone = DateTime.zoneMakeNamedUnsafe("Europe/Berlin")
const cron = Result.getOrThrow(
  toCron({ expression: "cron(0 7 ? * MON *)", timeZone: "Europe/Berlin" })
)

const days = [
  ["a Monday", "2026-11-30T00:10:00+01:00"],
  ["a Tuesday", "2026-12-01T12:00:00+01:00"],
  ["a Wednesday", "2026-12-02T12:00:00+01:00"],
  ["a Thursday", "2026-12-03T12:00:00+01:00"],
  ["a Friday", "2026-12-04T12:00:00+01:00"],
  ["a Saturday", "2026-12-05T12:00:00+01:00"],
  ["a Sunday", "2026-12-06T23:59:00+01:00"]
] as const

describe("The plan of the demo", () => {
  for (const [day, now] of days) {
    it(`reports the three weeks that are over on ${day}, and then the running one`, () => {
      const { running, whole } = planOf({ nowMs: Date.parse(now), zone, cron, weeks: 3 })
      assert.deepStrictEqual(
        whole.map(({ period }) => period.weekId),
        ["2026-W46", "2026-W47", "2026-W48"]
      )
      assert.strictEqual(running.weekId, "2026-W49")
      assert.deepStrictEqual(
        whole.map(({ dueMs }) => new Date(dueMs).toISOString()),
        ["2026-11-16T06:00:00.000Z", "2026-11-23T06:00:00.000Z", "2026-11-30T06:00:00.000Z"]
      )
    })
  }

  it("sends each message before the first report that is due after it", () => {
    const plan = planOf({ nowMs: Date.parse("2026-12-03"), zone, cron, weeks: 2 })
    const sent = [
      "2026-11-17T12:00:00Z",
      "2026-11-23T05:59:59Z",
      "2026-11-23T06:00:00Z",
      "2026-12-02T12:00:00Z"
    ].map((at) => ({ sentAt: Date.parse(at) }))
    assert.deepStrictEqual(stagesOf(plan, sent), [
      sent.slice(0, 2),
      sent.slice(2, 3),
      sent.slice(3)
    ])
  })
})
