/** Votes on their way from a batch to the store. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { AnalyticsEvent } from "../../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../../src/schema/EventText.ts"
import { eventKey } from "../../../src/schema/Interaction.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import {
  askedAt,
  feedbackEvent,
  queryEvent,
  responseEvent,
  voteIdOf
} from "../../schema/EventExamples.ts"
import { idsReturned, lastCounts, world } from "./World.ts"

const query = queryEvent()
const response = responseEvent()
const ballot = (n: number, changes: Parameters<typeof feedbackEvent>[0]) =>
  feedbackEvent({ voteId: voteIdOf(n), votedAt: askedAt + 1000 * n, ...changes })
const up = ballot(1, { rating: "up", comment: "Good." })
const down = ballot(2, { rating: "down", reason: "wrong", comment: "No." })
const withdrawn = ballot(3, { rating: "withdrawn" })

const recordsOf = (events: ReadonlyArray<AnalyticsEvent>) =>
  events.map((event, n) => ({
    messageId: `m${n}`,
    groupId: event.requestId,
    body: encodeMessage(event)
  }))

/** Each event once, and then any of them again. */
const sequences = (length: number): ReadonlyArray<ReadonlyArray<AnalyticsEvent>> =>
  length === 0
    ? [[]]
    : sequences(length - 1).flatMap((some) =>
        [query, response, up, down, withdrawn].map((event) => [...some, event])
      )

const last = (events: ReadonlyArray<AnalyticsEvent>) =>
  [withdrawn, down, up].find((vote) => events.includes(vote))

const stored = Effect.gen(function* () {
  const store = yield* InteractionStore
  const key = eventKey(query)
  return { interaction: yield* store.get(key), vote: yield* store.voteOn(key) }
})

describe("The processor", () => {
  it.effect(
    "reaches the same store by every sequence of a question, its answer and its votes",
    () =>
      Effect.gen(function* () {
        for (const length of [1, 2, 3, 4, 5]) {
          for (const sequence of sequences(length)) {
            const cut = sequence.length >> 1
            const halves = [sequence.slice(0, cut), sequence.slice(cut)]
            const { interaction, vote } = yield* Effect.gen(function* () {
              for (const batch of halves) {
                assert.deepStrictEqual(yield* idsReturned(recordsOf(batch), { budget: 1000 }), [])
              }
              return yield* stored
            }).pipe(Effect.provide(world(), { local: true }))
            assert.deepStrictEqual(vote, Option.fromUndefinedOr(last(sequence)))
            const kinds = [query, response].filter((event) => sequence.includes(event)).length
            const held = Option.getOrUndefined(interaction)
            assert.strictEqual(held === undefined ? 0 : held.status === "correlated" ? 2 : 1, kinds)
          }
        }
      }),
    120_000
  )

  it.effect("counts each vote as stored, a repeat, or older than what is stored", () =>
    Effect.gen(function* () {
      yield* idsReturned(recordsOf([down, up, down]), { budget: 1000 })
      assert.include(yield* lastCounts, { votes: 1, stored: 1, duplicates: 2, olderVotes: 1 })
      yield* idsReturned(recordsOf([up]), { budget: 1000 })
      assert.include(yield* lastCounts, { votes: 1, stored: 0, duplicates: 1, olderVotes: 1 })
      yield* idsReturned(recordsOf([down]), { budget: 1000 })
      assert.include(yield* lastCounts, { votes: 1, stored: 0, duplicates: 1, olderVotes: 0 })
    }).pipe(Effect.provide(world()))
  )

  it.effect("keeps a vote of a far future, and counts it as ahead", () =>
    Effect.gen(function* () {
      const ahead = feedbackEvent({ votedAt: 253_402_300_799_999 })
      yield* idsReturned(recordsOf([ahead]), { budget: 1000 })
      assert.include(yield* lastCounts, { clockAhead: 1, stored: 1 })
    }).pipe(Effect.provide(world()))
  )
})
