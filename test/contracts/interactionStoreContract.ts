/**
 * Every adapter of the InteractionStore keeps this contract. Each test makes its own request ids,
 * so that the tests may share a store, which need not be empty.
 */
import { randomBytes } from "node:crypto"
import { assert, layer } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import {
  type FeedbackEvent,
  type InteractionEvent,
  SessionId
} from "../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import {
  AwaitingQuery,
  AwaitingResponse,
  Correlated,
  correlate,
  eventsOf,
  type Interaction,
  interactionKey
} from "../../src/schema/Interaction.ts"
import { type InteractionSummary, summaryOf } from "../../src/schema/InteractionSummary.ts"
import { type Period, periodOf, utcWeekId, utcWeeksOf, WeekId } from "../../src/schema/IsoWeek.ts"
import { InteractionStore, type Recorded } from "../../src/services/InteractionStore.ts"
import { feedbackEvent, voteIdOf } from "../schema/EventExamples.ts"
import {
  anyCorrelated,
  anyMeasured,
  newRequestId,
  queryHalf,
  responseHalf,
  someCorrelated,
  withNewRequestId
} from "./fixtures/interactions.ts"
import { runsOf } from "./fixtures/LocalTable.ts"

const runs = runsOf(50)

const dayMs = 86_400_000
const now = Date.UTC(2026, 10, 18, 12)
const utc = DateTime.zoneMakeNamedUnsafe("UTC")

/** The counts that all stores share; the cost differs from store to store. */
const countsOf = ({ conflicts, cut, duplicates, stored }: Recorded) => ({
  stored,
  duplicates,
  conflicts,
  cut
})
type Counts = ReturnType<typeof countsOf>

const recorded = (stored: number, duplicates = 0, conflicts = 0): Counts => ({
  stored,
  duplicates,
  conflicts,
  cut: 0
})

const sum = (parts: ReadonlyArray<Counts>): Counts =>
  parts.reduce(
    (total, part) =>
      recorded(
        total.stored + part.stored,
        total.duplicates + part.duplicates,
        total.conflicts + part.conflicts
      ),
    recorded(0)
  )

const record = (interaction: Interaction) =>
  InteractionStore.use((store) => store.record(interaction)).pipe(Effect.map(countsOf))

const assertStored = Effect.fnUntraced(function* (expected: Interaction) {
  const store = yield* InteractionStore
  assert.deepStrictEqual(yield* store.get(interactionKey(expected)), Option.some(expected))
})

/** The period's summaries of the given interactions, in the order of these. */
const summariesOf = Effect.fnUntraced(function* (
  period: Period,
  interactions: ReadonlyArray<Interaction>
) {
  const store = yield* InteractionStore
  const found = new Map<string, InteractionSummary>()
  yield* Stream.runForEach(store.summaries(period), (summary) =>
    Effect.sync(() => {
      if (summary.status === "unreadable") assert.fail("an interaction can be read")
      if (summary.status === "vote") return
      assert.isFalse(found.has(summary.requestId), "an interaction is told once")
      assert.isAtLeast(summary.timestamp, period.startMs)
      assert.isBelow(summary.timestamp, period.endMs)
      found.set(summary.requestId, summary)
    })
  )
  return interactions.flatMap((one) => found.get(interactionKey(one).requestId) ?? [])
})

/** UTF-8 has no half surrogate pairs, so a store may put a replacement character into a summary. */
const wellFormed = (summaries: ReadonlyArray<InteractionSummary>): unknown =>
  JSON.parse(JSON.stringify(summaries), (_, value: unknown) =>
    typeof value === "string" ? value.toWellFormed() : value
  )

/** Two versions of each half and every way to bring them, for histories of one request. */
const variants = ({ query, response }: Correlated): ReadonlyArray<Interaction> => {
  const [query2, response2] = [
    { ...query, query: `${query.query}?` },
    { ...response, response: `${response.response}!` }
  ]
  return [
    AwaitingResponse.make({ query }),
    AwaitingResponse.make({ query: query2 }),
    AwaitingResponse.make({ query: { ...query, sessionId: SessionId.make("of another") } }),
    AwaitingQuery.make({ response }),
    AwaitingQuery.make({ response: response2 }),
    Correlated.make({ query, response }),
    Correlated.make({ query: query2, response }),
    Correlated.make({ query, response: response2 })
  ]
}

const histories = Arbitrary.array(
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 7 }))),
  { minLength: 1, maxLength: 6 }
)

/** Votes of one request, whose number is their order. */
const votesOn = ({ query }: Correlated, count: number): ReadonlyArray<FeedbackEvent> =>
  Array.from({ length: count }, (_, n) =>
    feedbackEvent({
      requestId: query.requestId,
      queryTimestamp: query.timestamp,
      // pairs of them share a time, and differ by their ids
      votedAt: query.timestamp + Math.floor(n / 2),
      voteId: voteIdOf(n),
      rating: n % 2 === 0 ? "up" : "down",
      comment: `comment ${n}`
    })
  )

const vote = (event: FeedbackEvent) =>
  InteractionStore.use((store) => store.vote(event)).pipe(
    Effect.map(({ duplicates, older, stored }) => ({ stored, duplicates, older }))
  )

const storedVote = ({ query }: Correlated) =>
  InteractionStore.use((store) => store.voteOn(interactionKey(AwaitingResponse.make({ query }))))

/** The entries of the votes on these interactions, in the order of these. */
const voteEntriesOf = Effect.fnUntraced(function* (
  period: Period,
  interactions: ReadonlyArray<Correlated>
) {
  const store = yield* InteractionStore
  const entries = yield* Stream.runCollect(store.summaries(period))
  return interactions.flatMap(({ query }) =>
    entries.filter((one) => one.status === "vote" && one.requestId === query.requestId)
  )
})

const shuffled = <A>(values: ReadonlyArray<A>, times: number): ReadonlyArray<A> =>
  Array.from({ length: values.length * times }, (_, i) => values[(i * 3) % values.length]!)

export const suite = (name: string, storeLayer: Layer.Layer<InteractionStore, unknown>) =>
  layer(storeLayer)(`${name} keeps the contract of the interaction store:`, (it) => {
    it.effect("a key without a recorded interaction has none", () =>
      Effect.gen(function* () {
        const store = yield* InteractionStore
        const found = yield* store.get({ requestId: newRequestId(), timestamp: now })
        assert.deepStrictEqual(found, Option.none())
      })
    )

    it.effect.prop(
      "any interaction is read back as it was recorded",
      [anyCorrelated],
      ([any]) =>
        Effect.gen(function* () {
          for (const halves of [Correlated.make, queryHalf, responseHalf]) {
            const interaction = halves(withNewRequestId(any))
            const count = eventsOf(interaction).length
            assert.deepStrictEqual(yield* record(interaction), recorded(count))
            yield* assertStored(interaction)
          }
        }),
      { arbitrary: { runs } }
    )

    it.effect("texts of 100 KB that do not compress are read back as they were recorded", () =>
      Effect.gen(function* () {
        const text = () => randomBytes(75_000).toString("base64")
        const large = someCorrelated(now, { query: text(), response: text() })
        assert.deepStrictEqual(yield* record(large), recorded(2))
        yield* assertStored(large)
      })
    )

    it.effect.prop(
      "halves in either order make the same interaction",
      [anyCorrelated],
      ([any]) =>
        Effect.gen(function* () {
          for (const order of [
            [queryHalf, responseHalf],
            [responseHalf, queryHalf]
          ] as const) {
            const interaction = withNewRequestId(any)
            for (const half of order) {
              assert.deepStrictEqual(yield* record(half(interaction)), recorded(1))
            }
            yield* assertStored(interaction)
          }
        }),
      { arbitrary: { runs } }
    )

    it.effect.prop(
      "any history of one request ends as its first halves, and counts all the others",
      [anyCorrelated, histories],
      ([any, history]) =>
        Effect.gen(function* () {
          const choices = variants(withNewRequestId(any))
          const first = new Map<string, InteractionEvent>()
          let known: Interaction | undefined
          for (const choice of history) {
            const parts = eventsOf(choices[choice]!).map((event) => {
              known = correlate(known, event)
              const kept = first.get(event.eventType)
              if (kept === undefined) first.set(event.eventType, event)
              if (kept === undefined) return recorded(1)
              return encodeMessage(kept) === encodeMessage(event)
                ? recorded(0, 1)
                : recorded(0, 0, 1)
            })
            assert.deepStrictEqual(yield* record(choices[choice]!), sum(parts))
            yield* assertStored(known!)
          }
        }),
      { arbitrary: { runs } }
    )

    it.effect("an interaction recorded by many fibers at once is stored once", () =>
      Effect.gen(function* () {
        for (let round = 0; round < 10; round++) {
          const whole = someCorrelated(now)
          const arrivals = shuffled([whole, queryHalf(whole), responseHalf(whole), whole], 4)
          const results = yield* Effect.forEach(arrivals, record, { concurrency: "unbounded" })
          assert.deepStrictEqual(sum(results), recorded(2, 22))
          yield* assertStored(whole)
        }
      })
    )

    it.effect(
      "one of several contents recorded at once is kept, and the others are conflicts",
      () =>
        Effect.gen(function* () {
          const { query } = someCorrelated(now)
          const rivals = Array.from({ length: 12 }, (_, i) =>
            AwaitingResponse.make({ query: { ...query, query: `question ${i}` } })
          )
          const results = yield* Effect.forEach(rivals, record, { concurrency: "unbounded" })
          assert.deepStrictEqual(sum(results), recorded(1, 0, 11))
          yield* assertStored(rivals[results.findIndex(({ stored }) => stored === 1)]!)
        })
    )

    it.effect.prop(
      "the summary of any interaction is what its schema says",
      [anyMeasured],
      ([any]) =>
        Effect.gen(function* () {
          yield* TestClock.setTime(any.query.timestamp)
          const all = [Correlated.make, queryHalf, responseHalf].map((halves) =>
            halves(withNewRequestId(any))
          )
          yield* Effect.forEach(all, record)
          const period = periodOf(utcWeekId(any.query.timestamp), utc)
          const found = yield* summariesOf(period, all)
          assert.deepStrictEqual(wellFormed(found), wellFormed(all.map((one) => summaryOf(one))))
        }),
      { arbitrary: { runs } }
    )

    it.effect.each(["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kolkata"])(
      "a week of %s holds its own interactions, from its first instant to its last",
      (zone) =>
        Effect.gen(function* () {
          yield* TestClock.setTime(now)
          const period = periodOf(WeekId.make("2026-W46"), DateTime.zoneMakeNamedUnsafe(zone))
          assert.lengthOf(utcWeeksOf(period), zone === "UTC" ? 1 : 2)
          const at = (timestamp: number) => someCorrelated(timestamp)
          const inside = [period.startMs, period.startMs + 3 * dayMs, period.endMs - 1].map(at)
          const outside = [period.startMs - 1, period.endMs].map(at)
          yield* Effect.forEach([...outside, ...inside], record)
          assert.deepStrictEqual(
            yield* summariesOf(period, inside),
            inside.map((one) => summaryOf(one))
          )
          assert.deepStrictEqual(yield* summariesOf(period, outside), [])
        })
    )

    it.effect("summaries come in the order of their time, over the end of a UTC week too", () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(now)
        const zone = DateTime.zoneMakeNamedUnsafe("America/Los_Angeles")
        const period = periodOf(WeekId.make("2026-W46"), zone)
        const { endMs, startMs } = period
        const times = [endMs - 1, startMs + 3 * dayMs, startMs, endMs - 3_600_000]
        yield* Effect.forEach(times, (timestamp) => record(someCorrelated(timestamp)))
        const found = yield* Stream.runCollect((yield* InteractionStore).summaries(period))
        const told = found.flatMap((one) => (one.status === "unreadable" ? [] : [one.timestamp]))
        assert.includeMembers(told, times)
        assert.deepStrictEqual(
          told,
          told.toSorted((a, b) => a - b)
        )
      })
    )

    it.effect("an interaction is in the summaries for 90 days after its question", () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(now)
        const one = someCorrelated(now)
        const period = periodOf(utcWeekId(now), utc)
        yield* record(one)
        yield* TestClock.setTime(now + 90 * dayMs - 1)
        assert.deepStrictEqual(yield* summariesOf(period, [one]), [summaryOf(one)])
        for (const later of [90, 120]) {
          yield* TestClock.setTime(now + later * dayMs)
          assert.deepStrictEqual(yield* summariesOf(period, [one]), [])
        }
      })
    )

    it.effect("an answer that comes late belongs to its question's week, and lives no longer", () =>
      Effect.gen(function* () {
        const period = periodOf(utcWeekId(now), utc)
        const lateBy = (days: number) => {
          const { query, response } = someCorrelated(now)
          return Correlated.make({
            query,
            response: { ...response, timestamp: now + days * dayMs }
          })
        }
        for (const days of [7, 89, 90]) {
          const late = lateBy(days)
          yield* TestClock.setTime(now)
          yield* record(queryHalf(late))
          yield* TestClock.setTime(now + days * dayMs)
          assert.deepStrictEqual(yield* record(responseHalf(late)), recorded(1))
          yield* assertStored(late)
          const seen = days < 90 ? [summaryOf(late)] : []
          assert.deepStrictEqual(yield* summariesOf(period, [late]), seen)
          const itsOwn = periodOf(utcWeekId(late.response.timestamp), utc)
          assert.deepStrictEqual(yield* summariesOf(itsOwn, [late]), [])
        }
      })
    )

    it.effect(
      "the newest is the last question of a span that lives, over the end of a week too",
      () =>
        Effect.gen(function* () {
          yield* TestClock.setTime(now)
          const { newest } = yield* InteractionStore
          // three weeks that no other test writes to
          const monday = Date.UTC(2026, 8, 7)
          const times = [monday - 1, monday, monday + 3 * dayMs]
          yield* Effect.forEach(times, (time) => record(someCorrelated(time)))
          const found = (startMs: number, endMs: number) =>
            Effect.map(newest({ startMs, endMs }), Option.getOrUndefined)
          const start = monday - 7 * dayMs
          assert.strictEqual(yield* found(start, monday + 14 * dayMs), times[2])
          assert.strictEqual(yield* found(start, times[2]!), times[1])
          assert.strictEqual(yield* found(start, monday), times[0])
          assert.isUndefined(yield* found(monday + 1, times[2]!))
          yield* TestClock.setTime(monday + 94 * dayMs)
          assert.isUndefined(yield* found(start, monday + 14 * dayMs))
        })
    )

    it.effect("a request id that is used again at another time is another interaction", () =>
      Effect.gen(function* () {
        const [one, other] = [someCorrelated(now), someCorrelated(now + 1, { query: "Again?" })]
        const { requestId } = one.query
        const again = Correlated.make({
          query: { ...other.query, requestId },
          response: { ...other.response, requestId }
        })
        for (const interaction of [queryHalf(one), again, responseHalf(one)]) {
          const { length } = eventsOf(interaction)
          assert.deepStrictEqual(yield* record(interaction), recorded(length))
        }
        yield* assertStored(one)
        yield* assertStored(again)
      })
    )

    it.effect.prop(
      "the latest of any votes stays, and the others are repeats or older",
      [Arbitrary.array(Arbitrary.schema(Schema.Literals([0, 1, 2, 3])), { maxLength: 8 })],
      ([history]) =>
        Effect.gen(function* () {
          const one = someCorrelated(now)
          const votes = votesOn(one, 4)
          assert.deepStrictEqual(yield* storedVote(one), Option.none())
          let latest = -1
          for (const n of history) {
            const { length } = [latest].filter((known) => n > known)
            const repeats = Number(n === latest)
            const older = Number(n < latest)
            assert.deepStrictEqual(yield* vote(votes[n]!), {
              stored: length,
              duplicates: repeats,
              older
            })
            latest = Math.max(latest, n)
            assert.deepStrictEqual(yield* storedVote(one), Option.some(votes[latest]!))
          }
        }),
      { arbitrary: { runs } }
    )

    it.effect("the latest of votes that come at once stays", () =>
      Effect.gen(function* () {
        for (let round = 0; round < 5; round++) {
          const one = someCorrelated(now)
          const votes = shuffled(votesOn(one, 8), 2)
          yield* Effect.forEach(votes, vote, { concurrency: "unbounded" })
          assert.deepStrictEqual(yield* storedVote(one), Option.some(votesOn(one, 8)[7]!))
        }
      })
    )

    it.effect("a vote that is taken back leaves no words", () =>
      Effect.gen(function* () {
        const one = someCorrelated(now)
        const [first, second] = votesOn(one, 2)
        yield* vote({ ...first!, reason: "wrong" })
        yield* vote({ ...second!, rating: "withdrawn", reason: "wrong" })
        const { comment: _, ...kept } = second!
        assert.deepStrictEqual(
          yield* storedVote(one),
          Option.some({ ...kept, rating: "withdrawn" as const })
        )
      })
    )

    it.effect("a vote is an entry of its question's week, with or without the question", () =>
      Effect.gen(function* () {
        const asked = now - 21 * dayMs
        yield* TestClock.setTime(asked)
        const period = periodOf(utcWeekId(asked), utc)
        const [known, alone] = [someCorrelated(asked + 5), someCorrelated(asked + 6)]
        yield* record(known)
        for (const one of [known, alone]) {
          const [event] = votesOn(one, 1)
          yield* vote({ ...event!, votedAt: asked + 8 * dayMs, reason: "outdated" })
        }
        const entries = [known, alone].map(({ query: { requestId, timestamp } }) => ({
          status: "vote" as const,
          requestId,
          timestamp,
          vote: { rating: "up" as const, reason: "outdated" as const, comment: "comment 0" }
        }))
        assert.deepStrictEqual(yield* voteEntriesOf(period, [known, alone]), entries)
        assert.deepStrictEqual(yield* summariesOf(period, [known, alone]), [summaryOf(known)])
        yield* assertStored(known)
        yield* TestClock.setTime(asked + 90 * dayMs + 6)
        assert.deepStrictEqual(yield* voteEntriesOf(period, [known, alone]), [])
      })
    )

    it.effect(
      "a week of more summaries than a page holds is complete",
      () =>
        Effect.gen(function* () {
          const start = Date.UTC(2026, 0, 5)
          yield* TestClock.setTime(start)
          const question = "📈".repeat(300)
          const many = Array.from({ length: 1000 }, (_, i) =>
            someCorrelated(start + i * 60_000, { query: question })
          )
          yield* Effect.forEach(many, record, { concurrency: 32, discard: true })
          const found = yield* summariesOf(periodOf(utcWeekId(start), utc), many)
          assert.deepStrictEqual(
            found,
            many.map((one) => summaryOf(one))
          )
        }),
      120_000
    )
  })
