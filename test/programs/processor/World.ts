import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as TestClock from "effect/testing/TestClock"
import * as AgentClassifierIsbot from "../../../src/layers/AgentClassifierIsbot.ts"
import * as InteractionStoreMemory from "../../../src/layers/InteractionStoreMemory.ts"
import * as LanguageDetectorEld from "../../../src/layers/LanguageDetectorEld.ts"
import type { QueueRecord } from "../../../src/programs/processor/Batch.ts"
import { type Options, processBatch } from "../../../src/programs/processor/program.ts"
import { decodeMessage } from "../../../src/schema/AnalyticsEvent.ts"
import { eventKey, eventsOf, type Interaction } from "../../../src/schema/Interaction.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import * as CapturedLog from "../CapturedLog.ts"

type Recording = InteractionStore["Service"]["record"]

/** The memory store, except that recording goes through the given fault. */
const storeWith = (fault: (record: Recording, interaction: Interaction) => ReturnType<Recording>) =>
  Layer.effect(
    InteractionStore,
    Effect.map(InteractionStore, (store) =>
      InteractionStore.of({
        ...store,
        record: (interaction, traits) => fault((one) => store.record(one, traits), interaction)
      })
    )
  ).pipe(Layer.provide(InteractionStoreMemory.layer))

/** All that the processor needs, with a store that has the given fault. */
export const world = (
  fault: (record: Recording, interaction: Interaction) => ReturnType<Recording> = (record, one) =>
    record(one)
) =>
  Layer.mergeAll(
    storeWith(fault),
    AgentClassifierIsbot.layer,
    LanguageDetectorEld.layer,
    CapturedLog.layer
  )

export const idsReturned = (records: ReadonlyArray<QueueRecord>, options: Options) =>
  Effect.map(processBatch(records, options), ({ batchItemFailures }) =>
    batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
  )

/** Returns the failed ids once the budget has passed on the test clock. */
export const returnedWithin = Effect.fnUntraced(function* (
  budget: number,
  ...records: ReadonlyArray<QueueRecord>
) {
  const fiber = yield* Effect.forkChild(idsReturned(records, { budget }))
  yield* TestClock.adjust(budget)
  return yield* Fiber.join(fiber)
})

/** Tells whether the store has the record's event, or an earlier one of its kind. */
export const isStored = Effect.fnUntraced(function* ({ body }: QueueRecord) {
  const event = Option.getOrUndefined(Option.getSuccess(decodeMessage(body)))
  if (event === undefined) return false
  const store = yield* InteractionStore
  return Option.exists(yield* store.get(eventKey(event)), (interaction) =>
    eventsOf(interaction).some(({ eventType }) => eventType === event.eventType)
  )
})

/** The numbers of the last batch, from its line in the log. */
export const lastCounts = Effect.map(
  CapturedLog.CapturedLog,
  (lines) => lines.findLast(({ message }) => message === "batch processed")?.fields
)
