import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import type { FeedbackEvent } from "../../src/schema/AnalyticsEvent.ts"
import { latestVote } from "../../src/schema/Vote.ts"
import { askedAt, feedbackEvent, voteIdOf } from "./EventExamples.ts"

const few = Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 3 })))

/** Votes of one request, among them repeats and several of one time. */
const anyVote = Arbitrary.all([few, few]).pipe(
  Arbitrary.map(([time, id]) =>
    feedbackEvent({
      votedAt: askedAt + time,
      voteId: voteIdOf(id),
      rating: (["up", "down", "withdrawn", "up"] as const)[id] ?? "up"
    })
  )
)

const last = (votes: ReadonlyArray<FeedbackEvent>) =>
  votes.reduce<FeedbackEvent | undefined>(latestVote, undefined)

describe("The latest vote", () => {
  it("is the last one by its time, and by its id among votes of one time", () => {
    const [early, late] = [feedbackEvent(), feedbackEvent({ votedAt: askedAt + 60_001 })]
    const sameTime = feedbackEvent({ voteId: voteIdOf(2), rating: "down" })
    assert.strictEqual(last([late, early]), late)
    assert.strictEqual(last([sameTime, early]), sameTime)
    assert.isUndefined(last([]))
  })

  it.prop("is the same in either order", [anyVote, anyVote], ([one, other]) => {
    assert.deepStrictEqual(latestVote(one, other), latestVote(other, one))
  })

  it.prop("is the same however votes are folded", [anyVote, anyVote, anyVote], ([a, b, c]) => {
    assert.deepStrictEqual(latestVote(latestVote(a, b), c), latestVote(a, latestVote(b, c)))
  })

  it.prop("is unchanged by a repeat", [anyVote, anyVote], ([one, other]) => {
    const latest = latestVote(one, other)
    for (const again of [one, other]) assert.strictEqual(latestVote(latest, again), latest)
    assert.deepStrictEqual(latestVote(one, structuredClone(one)), one)
  })
})
