import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import {
  type InteractionEvent,
  QueryEvent,
  ResponseEvent
} from "../../src/schema/AnalyticsEvent.ts"
import {
  AwaitingQuery,
  AwaitingResponse,
  Correlated,
  correlate,
  eventKey,
  eventsOf,
  type Interaction,
  interactionKey
} from "../../src/schema/Interaction.ts"
import { askedAt, queryEvent, requestIdOf, responseEvent } from "./EventExamples.ts"

const query = queryEvent()
const response = responseEvent()
const otherQuery = queryEvent({ query: "a correction?" })
const otherResponse = responseEvent({ response: "a correction", matchScore: 0.1 })

const fold = (events: ReadonlyArray<InteractionEvent>): Interaction | undefined =>
  events.reduce<Interaction | undefined>(correlate, undefined)

/** All sequences of the given length over the events, with repeats. */
const sequences = (
  alphabet: ReadonlyArray<InteractionEvent>,
  length: number
): ReadonlyArray<ReadonlyArray<InteractionEvent>> =>
  length === 0
    ? [[]]
    : sequences(alphabet, length - 1).flatMap((sequence) =>
        alphabet.map((event) => [...sequence, event])
      )

const lengths = [1, 2, 3, 4, 5]

const positions = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 }))

/** The two events of one request, whatever they say. */
const bothEvents = Arbitrary.all([
  Arbitrary.schema(QueryEvent),
  Arbitrary.schema(ResponseEvent)
]).pipe(
  Arbitrary.map(([asked, answered]) => {
    const { requestId, timestamp: queryTimestamp } = asked
    return [asked, { ...answered, requestId, queryTimestamp }] as const
  })
)

/** A permutation with repeats: each event once, and then any of them, each at any position. */
const arrivals = Arbitrary.array(
  Arbitrary.all([Arbitrary.schema(Schema.Literals([0, 1])), Arbitrary.schema(positions)]),
  { minLength: 0, maxLength: 10 }
)

const arranged = (
  both: readonly [QueryEvent, ResponseEvent],
  repeats: ReadonlyArray<readonly [0 | 1, number]>,
  [first, second]: readonly [number, number]
): ReadonlyArray<InteractionEvent> =>
  [[0, first] as const, [1, second] as const, ...repeats]
    .toSorted(([, one], [, other]) => one - other)
    .map(([which]) => structuredClone(both[which]))

describe("correlate", () => {
  it("gives one interaction for every order and any number of repeats of two events", () => {
    const expected = Correlated.make({ query, response })
    for (const length of lengths) {
      for (const sequence of sequences([query, response], length)) {
        if (new Set(sequence).size < 2) continue
        assert.deepStrictEqual(fold(sequence), expected)
      }
    }
  })

  it.prop(
    "gives the same interaction for any permutation, with any repeats, of any request's events",
    [bothEvents, arrivals, positions, positions],
    ([both, repeats, first, second]) => {
      const [asked, answered] = both
      assert.deepStrictEqual(
        fold(arranged(both, repeats, [first, second])),
        Correlated.make({ query: asked, response: answered })
      )
    },
    { arbitrary: { runs: 10_000 }, timeout: 60_000 }
  )

  it.prop(
    "gives the same interaction wherever a history is cut into batches that are folded alone",
    [bothEvents, arrivals, positions, positions],
    ([both, repeats, first, second]) => {
      const history = arranged(both, repeats, [first, second])
      const middle = first % history.length
      const batches = [history.slice(0, middle), history.slice(middle)]
      const stored = batches.flatMap((batch) => {
        const folded = fold(batch)
        return folded === undefined ? [] : eventsOf(folded)
      })
      assert.deepStrictEqual(fold(stored), fold(history))
      assert.deepStrictEqual(fold(stored.toReversed()), fold(history))
    },
    { arbitrary: { runs: 10_000 }, timeout: 60_000 }
  )

  it("keeps the first query and the first response of any sequence", () => {
    const duplicate = structuredClone(query)
    const alphabet = [query, response, otherQuery, otherResponse, duplicate]
    for (const length of lengths) {
      for (const sequence of sequences(alphabet, length)) {
        const held = eventsOf(fold(sequence)!)
        const first = (eventType: InteractionEvent["eventType"]) =>
          sequence.find((event) => event.eventType === eventType)
        assert.deepStrictEqual(
          held,
          [first("query"), first("response")].filter((event) => event !== undefined)
        )
      }
    }
  })

  it("ignores a repeated event", () => {
    const alphabet = [query, response, otherQuery, otherResponse]
    for (const length of lengths.slice(0, 3)) {
      for (const sequence of sequences(alphabet, length)) {
        const known = fold(sequence)!
        for (const event of sequence) assert.strictEqual(correlate(known, event), known)
      }
    }
  })

  it("names the missing half", () => {
    assert.deepStrictEqual(fold([query]), AwaitingResponse.make({ query }))
    assert.deepStrictEqual(fold([response]), AwaitingQuery.make({ response }))
    assert.strictEqual(fold([response, query])?.status, "correlated")
  })

  it("rebuilds an interaction from the events that it holds", () => {
    for (const known of [fold([query])!, fold([response])!, fold([query, response])!]) {
      assert.deepStrictEqual(fold(eventsOf(known)), known)
    }
  })

  it("does not change the known interaction", () => {
    const known = Object.freeze(AwaitingResponse.make({ query }))
    const before = structuredClone(known)
    correlate(known, response)
    assert.deepStrictEqual(known, before)
  })
})

describe("The key of an interaction", () => {
  const key = { requestId: requestIdOf(1), timestamp: askedAt }

  it("is the same from either half and from the whole", () => {
    assert.deepStrictEqual(eventKey(query), key)
    assert.deepStrictEqual(eventKey(response), key)
    for (const events of [[query], [response], [query, response], [response, query]]) {
      assert.deepStrictEqual(interactionKey(fold(events)!), key)
    }
  })

  it("holds the time of the question, never that of the answer", () => {
    const late = responseEvent({ timestamp: askedAt + 60_000 })
    assert.strictEqual(eventKey(late).timestamp, askedAt)
  })
})
