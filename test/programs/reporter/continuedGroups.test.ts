import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { Correlated } from "../../../src/schema/Interaction.ts"
import { WeekId } from "../../../src/schema/IsoWeek.ts"
import { groupId } from "../../../src/schema/report/GroupId.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import { frozen, mondayMorning, outbox, runOf, startMs, world } from "./ReporterWorld.ts"

const weekMs = 7 * 86_400_000

/** Counts weeks back from the reported one. */
const askedBefore = Effect.fnUntraced(function* (
  weeks: number,
  query: string,
  matchType: "full" | "none"
) {
  const { record } = yield* InteractionStore
  const [requestId, timestamp] = [requestIdOf(weeks), startMs - weeks * weekMs]
  yield* record(
    Correlated.make({
      query: queryEvent({ requestId, timestamp, query }),
      response: responseEvent({ requestId, timestamp, queryTimestamp: timestamp, matchType })
    }),
    {}
  )
})

const reportBefore = Effect.fnUntraced(function* (weeks: number) {
  yield* TestClock.setTime(mondayMorning - weeks * weekMs)
  yield* runOf({ owner: `run-${weeks}` })
})

describe("A question that is asked in other words each week", () => {
  it.effect("is the same group in each frozen report, and the mail says since when", () =>
    Effect.gen(function* () {
      for (const [weeks, question] of [
        [2, "Is there any training?"],
        [1, "Training, please"],
        [0, "any TRAINING?"]
      ] as const) {
        yield* askedBefore(weeks, question, "none")
        yield* reportBefore(weeks)
      }
      const first = WeekId.make("2026-W45")
      for (const week of ["2026-W45", "2026-W46", "2026-W47"]) {
        const report = yield* frozen(WeekId.make(week))
        assert.strictEqual(report?.unanswered[0]?.id, groupId(first, 1))
        assert.strictEqual(report?.topQuestions[0]?.id, groupId(first, 1))
      }
      const [, second, third] = (yield* outbox).map(({ html }) => html.replaceAll("\u00a0", " "))
      assert.include(second, "once the week before<")
      assert.include(third, "once the week before · asked every week since 2 Nov<")
    }).pipe(Effect.provide(world()))
  )

  it.effect("is now answered, under the id of what was missed", () =>
    Effect.gen(function* () {
      yield* askedBefore(1, "Is there any training?", "none")
      yield* reportBefore(1)
      yield* askedBefore(0, "Training, please", "full")
      yield* reportBefore(0)
      const id = groupId(WeekId.make("2026-W46"), 1)
      assert.deepStrictEqual((yield* frozen())?.closed, [
        { question: "Training, please", id, asked: 1, missedBefore: 1 }
      ])
    }).pipe(Effect.provide(world()))
  )
})
