import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { unreadable } from "../../../src/schema/InteractionSummary.ts"
import {
  type Held,
  nothingHeld,
  paired,
  pairVotes
} from "../../../src/schema/report/PairedVotes.ts"
import { empty, observe } from "../../../src/schema/report/WeeklyTally.ts"
import { VoteEntry, type WeekEntry } from "../../../src/schema/WeekEntry.ts"
import { requestIdOf } from "../EventExamples.ts"
import { shuffled, summariesBetween } from "./SummaryExamples.ts"
import { asked, autumn } from "./WeeklyExamples.ts"

/** The store's entries of summaries with votes: each half of a pair by itself. */
const apart = (entries: ReadonlyArray<WeekEntry>): ReadonlyArray<WeekEntry> =>
  entries.flatMap((entry): ReadonlyArray<WeekEntry> => {
    if (entry.status === "unreadable" || entry.status === "vote") return [entry]
    const { vote, ...question } = entry
    const { requestId, timestamp } = entry
    return vote === undefined
      ? [question]
      : [question, VoteEntry.make({ requestId, timestamp, vote })]
  })

const timeOf = (entry: WeekEntry): number =>
  entry.status === "unreadable" ? autumn.startMs : entry.timestamp

/** Pairs the entries of the pages one after another. */
const read = (pages: ReadonlyArray<ReadonlyArray<WeekEntry>>): ReadonlyArray<WeekEntry> => {
  let held: Held = nothingHeld
  const all = pages.flatMap((page) => {
    const [next, ready] = pairVotes(held, page)
    held = next
    return ready
  })
  return [...all, ...paired(held)]
}

const tallyOf = (entries: ReadonlyArray<WeekEntry>) => entries.reduce(observe, empty())

/** Few instants, so that many entries share one; each request is asked once. */
const week = summariesBetween(autumn.startMs, autumn.startMs + 5).pipe(
  Arbitrary.map((all) => all.map((one, n) => ({ ...one, requestId: requestIdOf(n) })))
)
const Cut = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 7 }))

describe("Votes apart from their questions", () => {
  it.prop(
    "are tallied as one with them, in whichever order of an instant and on whichever pages",
    [week, Schema.Int, Cut],
    ([summaries, seed, length]) => {
      const entries = shuffled(apart(summaries), seed).toSorted((a, b) => timeOf(a) - timeOf(b))
      const pages = Array.from({ length: Math.ceil(entries.length / length) }, (_, page) =>
        entries.slice(page * length, (page + 1) * length)
      )
      assert.deepStrictEqual(tallyOf(read(pages)), tallyOf(summaries))
    }
  )

  it("stay by themselves when their question is not there, and are counted", () => {
    const timestamp = autumn.startMs
    const alone = VoteEntry.make({
      requestId: requestIdOf(2),
      timestamp,
      vote: { rating: "down", comment: "No." }
    })
    const elsewhere = VoteEntry.make({
      ...alone,
      requestId: requestIdOf(1),
      timestamp: timestamp + 1
    })
    const entries = read([
      [asked("Why?"), alone],
      [unreadable, elsewhere]
    ])
    assert.sameDeepMembers([...entries], [asked("Why?"), alone, unreadable, elsewhere])
    const tally = tallyOf(entries)
    assert.deepInclude(tally, { votesAlone: 2, down: 0, unreadable: 1, events: 4 })
    assert.deepStrictEqual(tally.ratedBadly, [])
  })

  it("of an instant with very many entries are let go in bounded memory", () => {
    const many = Array.from({ length: 25_000 }, (_, n) => asked("Why?", { request: n }))
    const [held, ready] = pairVotes(nothingHeld, many)
    assert.isAtMost(held.length, 10_000)
    assert.lengthOf(ready, many.length - held.length)
  })
})
