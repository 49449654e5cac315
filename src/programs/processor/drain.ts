import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { EventSource } from "../../services/EventSource.ts"
import { countdown, type DrainBudget } from "./Budget.ts"
import { processBatch } from "./program.ts"

/** One run, as its log line and its answer tell it. */
export interface Drained {
  batches: number
  messages: number
  /** These are left to come again. */
  returned: number
  ended: "queue empty" | "time up"
}

/**
 * Receives and processes one batch after another, until the queue is empty or the time is up.
 * Stored messages are deleted batch by batch, so a killed run repeats one batch at most. Runs may
 * overlap, because the queue gives a group to one receiver at a time.
 */
export const drain = Effect.fnUntraced(function* ({ receiving, storing }: DrainBudget) {
  const source = yield* EventSource
  const clock = yield* Clock.Clock
  const [receivingLeft, storingLeft] = [countdown(clock, receiving), countdown(clock, storing)]
  const drained: Drained = { batches: 0, messages: 0, returned: 0, ended: "time up" }
  while (receivingLeft() > 0) {
    const messages = yield* source.receive
    if (messages.length === 0) {
      drained.ended = "queue empty"
      break
    }
    const { batchItemFailures } = yield* processBatch(messages, { budget: storingLeft() })
    const returned = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
    yield* source.acknowledge(messages.filter(({ messageId }) => !returned.has(messageId)))
    drained.batches += 1
    drained.messages += messages.length
    drained.returned += returned.size
  }
  const found = drained.ended === "time up" || drained.messages > 0
  // most runs find an empty queue, and their lines would be most of the log
  if (found) yield* Effect.logInfo("queue drained", drained)
  return drained
})
