/**
 * The processor behind a FIFO queue that delivers returned messages again: faults on the way lose
 * no event, and the end is the same as without them.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/testing/TestClock"
import * as AgentClassifierIsbot from "../../../src/layers/AgentClassifierIsbot.ts"
import * as InteractionStoreMemory from "../../../src/layers/InteractionStoreMemory.ts"
import * as LanguageDetectorEld from "../../../src/layers/LanguageDetectorEld.ts"
import type { QueueRecord } from "../../../src/programs/processor/Batch.ts"
import { processBatch } from "../../../src/programs/processor/program.ts"
import { decodeMessage } from "../../../src/schema/AnalyticsEvent.ts"
import { eventKey, eventsOf, interactionKey } from "../../../src/schema/Interaction.ts"
import { InteractionStore, StoreUnavailable } from "../../../src/services/InteractionStore.ts"
import { askedAt, queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import { poison, recordOf } from "./RecordExamples.ts"

const requests = [1, 2, 3]
const receivesMax = 4

const Message = Schema.Struct({
  request: Schema.Literals(requests),
  kind: Schema.Literals(["query", "response", "otherQuery", "otherResponse", "poison"])
})

const recordFrom = ({ kind, request }: typeof Message.Type, index: number): QueueRecord => {
  const requestId = requestIdOf(request)
  if (kind === "poison") return poison(`m${index}`, requestId)
  const event = {
    query: queryEvent({ requestId }),
    response: responseEvent({ requestId }),
    otherQuery: queryEvent({ requestId, query: "other" }),
    otherResponse: responseEvent({ requestId, response: "other" })
  }[kind]
  return recordOf(`m${index}`, event)
}

const batches = Arbitrary.array(Arbitrary.schema(Message), { maxLength: 10 }).pipe(
  Arbitrary.map((messages) => messages.map(recordFrom))
)

/** How often recording each request fails before it works, and how. */
const faults = Arbitrary.array(
  Arbitrary.schema(
    Schema.Struct({
      times: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 })),
      how: Schema.Literals(["fails", "dies", "fails after storing"])
    })
  ),
  { minLength: requests.length, maxLength: requests.length }
)
type Faults = ReadonlyArray<{
  readonly times: number
  readonly how: "fails" | "dies" | "fails after storing"
}>

const unavailable = new StoreUnavailable({ operation: "UpdateItem", detail: "Throttling" })

const storeWith = (plan: Faults) => {
  const left = new Map(plan.map(({ how, times }, n) => [requestIdOf(n + 1), { how, times }]))
  return Layer.effect(
    InteractionStore,
    Effect.map(InteractionStore, (store) =>
      InteractionStore.of({
        ...store,
        record: (interaction) => {
          const fault = left.get(interactionKey(interaction).requestId)
          if (fault === undefined || fault.times === 0) return store.record(interaction)
          fault.times -= 1
          if (fault.how === "dies") return Effect.die(new Error("a bug"))
          return fault.how === "fails"
            ? Effect.fail(unavailable)
            : Effect.andThen(store.record(interaction), Effect.fail(unavailable))
        }
      })
    )
  ).pipe(Layer.provide(InteractionStoreMemory.layer))
}

const contents = Effect.gen(function* () {
  const store = yield* InteractionStore
  return yield* Effect.forEach(requests, (n) =>
    Effect.map(store.get({ requestId: requestIdOf(n), timestamp: askedAt }), Option.getOrUndefined)
  )
})

const isStored = Effect.fnUntraced(function* ({ body }: QueueRecord) {
  const event = decodeMessage(body)
  if (Result.isFailure(event)) return false
  const store = yield* InteractionStore
  const found = yield* store.get(eventKey(event.success))
  return Option.exists(found, (interaction) =>
    eventsOf(interaction).some(({ eventType }) => eventType === event.success.eventType)
  )
})

/** One delivery, with time for one retry and not for two; gives what is to come again. */
const deliver = Effect.fnUntraced(function* (records: ReadonlyArray<QueueRecord>) {
  const fiber = yield* Effect.forkChild(processBatch(records, { budget: "61 millis" }))
  yield* TestClock.adjust("61 millis")
  const { batchItemFailures } = yield* Fiber.join(fiber)
  const ids = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
  const returned = records.filter(({ messageId }) => ids.includes(messageId))
  assert.deepStrictEqual(
    ids,
    returned.map(({ messageId }) => messageId),
    "returned in queue order, none twice, none unknown"
  )
  for (const record of records) {
    const accounted = returned.includes(record) || (yield* isStored(record))
    assert.isTrue(accounted, `${record.messageId} is neither stored nor returned`)
  }
  return returned
})

/** Delivers until the queue is empty; poison is dead-lettered after its last receive. */
const drain = Effect.fnUntraced(function* (records: ReadonlyArray<QueueRecord>) {
  let queue = records
  for (let receive = 1; queue.length > 0; receive += 1) {
    assert.isAtMost(receive, 12 * receivesMax, "the queue never drains")
    const returned = yield* deliver(queue)
    queue = returned.filter(
      ({ body }) => receive < receivesMax || Result.isSuccess(decodeMessage(body))
    )
  }
  return yield* contents
})

const surroundings = Layer.mergeAll(
  AgentClassifierIsbot.layer,
  LanguageDetectorEld.layer,
  Logger.layer([])
)

describe("The processor behind its queue", () => {
  it.effect.prop(
    "reaches the store of one clean pass, whatever failed on the way",
    [batches, faults],
    ([records, plan]) =>
      Effect.gen(function* () {
        const clean = records.filter(({ body }) => Result.isSuccess(decodeMessage(body)))
        const expected = yield* Effect.andThen(deliver(clean), contents).pipe(
          Effect.provide(Layer.fresh(InteractionStoreMemory.layer))
        )
        const reached = yield* drain(records).pipe(Effect.provide(storeWith(plan), { local: true }))
        assert.deepStrictEqual(reached, expected)
      }).pipe(Effect.provide(surroundings)),
    { arbitrary: { runs: 400 } }
  )
})
