import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as TestClock from "effect/testing/TestClock"
import * as AgentClassifierIsbot from "../../../src/layers/AgentClassifierIsbot.ts"
import * as InteractionStoreMemory from "../../../src/layers/InteractionStoreMemory.ts"
import * as LanguageDetectorEld from "../../../src/layers/LanguageDetectorEld.ts"
import type { QueueRecord } from "../../../src/programs/processor/Batch.ts"
import { processBatch } from "../../../src/programs/processor/program.ts"
import type { RequestId } from "../../../src/schema/AnalyticsEvent.ts"
import { Correlated, type Interaction, interactionKey } from "../../../src/schema/Interaction.ts"
import {
  InteractionStore,
  type Recorded,
  type StoreError,
  StoreRejected,
  StoreUnavailable
} from "../../../src/services/InteractionStore.ts"
import { askedAt, queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { poison, recordOf } from "./RecordExamples.ts"

const pairOf = (n: number): [QueueRecord, QueueRecord] => {
  const requestId = requestIdOf(n)
  return [
    recordOf(`q${n}`, queryEvent({ requestId })),
    recordOf(`r${n}`, responseEvent({ requestId }))
  ]
}
const [q1, r1] = pairOf(1)
const [q2, r2] = pairOf(2)
const [q3, r3] = pairOf(3)

const correlated = (n: number) =>
  Correlated.make({
    query: queryEvent({ requestId: requestIdOf(n) }),
    response: responseEvent({ requestId: requestIdOf(n) })
  })

const processed = (...records: ReadonlyArray<QueueRecord>) =>
  Effect.map(processBatch(records, { budget: "5 seconds" }), ({ batchItemFailures }) =>
    batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
  )

/** Returns the failed ids once the whole budget has passed. */
const returnedOf = Effect.fnUntraced(function* (...records: ReadonlyArray<QueueRecord>) {
  const fiber = yield* Effect.forkChild(processed(...records))
  yield* TestClock.adjust("5 seconds")
  return yield* Fiber.join(fiber)
})

const storedAt = Effect.fnUntraced(function* (n: number) {
  const store = yield* InteractionStore
  return Option.getOrUndefined(yield* store.get({ requestId: requestIdOf(n), timestamp: askedAt }))
})

/** The memory store, except that recording some requests goes as told. */
const storeWhere = (
  failing: (requestId: RequestId) => Effect.Effect<Recorded, StoreError> | undefined
) =>
  Layer.effect(
    InteractionStore,
    Effect.map(InteractionStore, (store) =>
      InteractionStore.of({
        ...store,
        record: (interaction: Interaction) =>
          failing(interactionKey(interaction).requestId) ?? store.record(interaction)
      })
    )
  ).pipe(Layer.provide(InteractionStoreMemory.layer))

const storeFailingFirst = (outcome: Effect.Effect<Recorded, StoreError>) =>
  Layer.mergeAll(
    storeWhere((requestId) => (requestId === requestIdOf(1) ? outcome : undefined)),
    AgentClassifierIsbot.layer,
    LanguageDetectorEld.layer,
    CapturedLog.layer
  )

const unavailable = new StoreUnavailable({ operation: "UpdateItem", detail: "Throttling" })
const rejected = new StoreRejected({ operation: "PutItem", detail: "ValidationException" })

const memory = Layer.mergeAll(
  InteractionStoreMemory.layer,
  AgentClassifierIsbot.layer,
  LanguageDetectorEld.layer,
  CapturedLog.layer
)

describe("A batch", () => {
  it.effect("stores a request whose halves are both there as one interaction", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* returnedOf(q1, r1), [])
      assert.deepStrictEqual(yield* storedAt(1), correlated(1))
    }).pipe(Effect.provide(memory))
  )

  it.effect("stores the same when the response comes first, or in another batch", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* returnedOf(r1, q1), [])
      assert.deepStrictEqual(yield* returnedOf(r2), [])
      assert.strictEqual((yield* storedAt(2))?.status, "awaiting_query")
      assert.deepStrictEqual(yield* returnedOf(q2), [])
      assert.deepStrictEqual(yield* storedAt(1), correlated(1))
      assert.deepStrictEqual(yield* storedAt(2), correlated(2))
    }).pipe(Effect.provide(memory))
  )

  it.effect("acknowledges duplicates, and stores nothing twice", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* returnedOf(q1, q1, r1, q1), [])
      assert.deepStrictEqual(yield* returnedOf(r1, q1), [])
      assert.deepStrictEqual(yield* storedAt(1), correlated(1))
    }).pipe(Effect.provide(memory))
  )

  it.effect("without records returns none", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* returnedOf(), [])
    }).pipe(Effect.provide(memory))
  )
})

describe("Poison", () => {
  it.effect("is returned with the later messages of its group, and never with another's", () =>
    Effect.gen(function* () {
      const bad = poison("bad", q1.groupId)
      assert.deepStrictEqual(yield* returnedOf(q1, q2, bad, r2, r1, q3), ["bad", "r1"])
      assert.strictEqual((yield* storedAt(1))?.status, "awaiting_response")
      assert.deepStrictEqual(yield* storedAt(2), correlated(2))
      assert.strictEqual((yield* storedAt(3))?.status, "awaiting_response")
    }).pipe(Effect.provide(memory))
  )

  it.effect("in every group returns everything from there on, in queue order", () =>
    Effect.gen(function* () {
      const bad = [1, 2, 3].map((n) => poison(`bad-${n}`, requestIdOf(n)))
      const returned = yield* returnedOf(...bad, r3, q2, r1)
      assert.deepStrictEqual(returned, ["bad-1", "bad-2", "bad-3", "r3", "q2", "r1"])
    }).pipe(Effect.provide(memory))
  )
})

describe("A store that fails for one interaction", () => {
  for (const error of [unavailable, rejected]) {
    it.effect(`with ${error._tag} returns its messages, and stores the others`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* returnedOf(q2, r1, q3, q1, r2), ["r1", "q1"])
        assert.deepStrictEqual(yield* storedAt(2), correlated(2))
        assert.isUndefined(yield* storedAt(1))
      }).pipe(Effect.provide(storeFailingFirst(Effect.fail(error))))
    )
  }

  it.effect("returns the later messages of its group too, whoever they belong to", () =>
    Effect.gen(function* () {
      const before = { ...q2, groupId: q1.groupId }
      const after = { ...q3, groupId: q1.groupId }
      assert.deepStrictEqual(yield* returnedOf(before, q1, r2, after), ["q1", "q3"])
    }).pipe(Effect.provide(storeFailingFirst(Effect.fail(unavailable))))
  )

  it.effect("returns both halves, even when they came in different groups", () =>
    Effect.gen(function* () {
      const elsewhere = { ...r1, groupId: "another group" }
      assert.deepStrictEqual(yield* returnedOf(q1, q2, elsewhere, r2), ["q1", "r1"])
    }).pipe(Effect.provide(storeFailingFirst(Effect.fail(unavailable))))
  )

  it.effect("by a defect fails that interaction alone", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* returnedOf(q2, q1, r1, r2), ["q1", "r1"])
      assert.deepStrictEqual(yield* storedAt(2), correlated(2))
    }).pipe(Effect.provide(storeFailingFirst(Effect.die(new Error("a bug")))))
  )

  it.effect("by throwing fails that interaction alone", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* returnedOf(q1, q2, r2), ["q1"])
      assert.deepStrictEqual(yield* storedAt(2), correlated(2))
    }).pipe(
      Effect.provide(
        storeFailingFirst(
          Effect.sync(() => {
            throw new Error("a bug")
          })
        )
      )
    )
  )

  it.effect("by hanging is cut when the budget ends, and the rest is stored", () =>
    Effect.gen(function* () {
      const fiber = yield* Effect.forkChild(processed(q1, q2, r1, r2))
      yield* TestClock.adjust("4999 millis")
      assert.isUndefined(fiber.pollUnsafe())
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(yield* Fiber.join(fiber), ["q1", "r1"])
      assert.deepStrictEqual(yield* storedAt(2), correlated(2))
    }).pipe(Effect.provide(storeFailingFirst(Effect.never)))
  )
})

describe("The log of a batch", () => {
  const secret = "secret-4711"
  const texts = { query: secret, metadata: { userAgent: secret, referer: secret } }
  const secretPair = (n: number) => {
    const requestId = requestIdOf(n)
    return [
      recordOf(`q${n}`, queryEvent({ requestId, ...texts })),
      recordOf(`r${n}`, responseEvent({ requestId, response: secret, model: secret }))
    ]
  }

  const loud = [
    ...secretPair(1),
    ...secretPair(2),
    poison("bad-1", "g1", `{"query":"${secret}`),
    poison("bad-2", "g2", JSON.stringify({ ...queryEvent(texts), timestamp: secret })),
    poison("bad-3", "g3", JSON.stringify({ ...queryEvent(texts), eventType: secret })),
    poison("bad-4", "g4", JSON.stringify({ ...queryEvent(texts), schemaVersion: secret })),
    poison("held", "g4", secret)
  ]

  it.effect("counts each fate of a record once", () =>
    Effect.gen(function* () {
      yield* returnedOf(...loud, q3, r3, q3)
      const lines = yield* CapturedLog.CapturedLog
      const summary = lines.find(({ message }) => message === "batch processed")
      assert.deepInclude(summary?.fields, {
        records: 12,
        decoded: 7,
        undecodable: 4,
        returned: 7,
        stored: 4,
        duplicates: 1,
        conflicts: 0,
        cut: 0,
        retried: 0,
        correlated: 2,
        halves: 0,
        edgeLost: 0,
        writeUnits: 0
      })
    }).pipe(Effect.provide(storeFailingFirst(Effect.fail(rejected))))
  )

  it.effect("counts what the edge lost as its questions tell it, and a repeat not again", () =>
    Effect.gen(function* () {
      const lines = yield* CapturedLog.CapturedLog
      const { metadata } = queryEvent()
      const telling = recordOf("q1", queryEvent({ metadata: { ...metadata, lostBefore: 3 } }))
      yield* returnedOf(telling)
      assert.deepInclude(lines.at(-1)?.fields, { edgeLost: 3 })
      yield* returnedOf(telling)
      assert.deepInclude(lines.at(-1)?.fields, { edgeLost: 0, duplicates: 1 })
      yield* returnedOf(telling, r1)
      assert.deepInclude(lines.at(-1)?.fields, { edgeLost: 0, duplicates: 1, stored: 1 })
    }).pipe(Effect.provide(memory))
  )

  it.effect("counts halves, what was stored before, and what contradicts it", () =>
    Effect.gen(function* () {
      const lines = yield* CapturedLog.CapturedLog
      const correction = recordOf("q2'", queryEvent({ requestId: requestIdOf(2), query: "other" }))
      yield* returnedOf(q1, q2)
      yield* returnedOf(q1, r1, correction)
      assert.containsSubset(lines.at(-1)?.fields, {
        stored: 1,
        duplicates: 1,
        conflicts: 1,
        correlated: 1,
        halves: 1
      })
    }).pipe(Effect.provide(memory))
  )

  it.effect("names the records that were undecodable or not stored, and why", () =>
    Effect.gen(function* () {
      yield* returnedOf(...loud)
      const warnings = (yield* CapturedLog.CapturedLog).filter(({ level }) => level === "Warn")
      assert.deepStrictEqual(
        warnings.map(({ fields }) => [fields.messageId ?? fields.messageIds, fields.reason]),
        [
          ["bad-1", "not_json"],
          ["bad-2", "invalid_event"],
          ["bad-3", "unknown_event_type"],
          ["bad-4", "unknown_version"],
          [["q1", "r1"], undefined]
        ]
      )
      assert.include(warnings.at(-1)?.whole, "StoreRejected: PutItem: ValidationException")
    }).pipe(Effect.provide(storeFailingFirst(Effect.fail(rejected))))
  )

  for (const [name, outcome] of [
    ["fails", Effect.fail(rejected)],
    ["dies", Effect.die(new TypeError("a bug"))]
  ] as const) {
    it.effect(`never holds what a visitor wrote when the store ${name}`, () =>
      Effect.gen(function* () {
        yield* returnedOf(...loud)
        const lines = yield* CapturedLog.CapturedLog
        assert.isAbove(lines.length, 5)
        for (const { whole } of lines) assert.notInclude(whole, secret)
      }).pipe(Effect.provide(storeFailingFirst(outcome)))
    )
  }
})
