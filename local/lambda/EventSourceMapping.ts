import type { Message, SQSClient } from "@aws-sdk/client-sqs"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { allKept, outcomeOf } from "./BatchOutcome.ts"
import type { FunctionError } from "./FunctionError.ts"
import { makeClient, receive, remove, type SourceQueueOptions } from "./SourceQueue.ts"
import { sqsEvent } from "./SqsEvent.ts"

/** One batch, after its invocation and its deletes. */
export interface BatchReport {
  readonly messageIds: ReadonlyArray<string>
  /** These stay in the queue. */
  readonly failedIds: ReadonlyArray<string>
  readonly durationMs: number
  /** Set when the invocation failed; an answer that names messages is not an error. */
  readonly error: FunctionError | undefined
}

export interface EventSourceMappingOptions extends SourceQueueOptions {
  /** The number of pollers, each with at most one batch in flight. Lambda starts with 5, too. */
  readonly maxConcurrency?: number
  /** Running invocations may still take this long when the scope closes. */
  readonly drain?: Duration.Input
  readonly invoke: (payload: unknown) => Effect.Effect<{ readonly payload: unknown }, FunctionError>
  readonly onBatch?: (report: BatchReport) => Effect.Effect<void>
}

const processBatch = Effect.fnUntraced(function* (
  client: SQSClient,
  options: EventSourceMappingOptions,
  messages: ReadonlyArray<Message>
) {
  const startMs = yield* Clock.currentTimeMillis
  const messageIds = messages.map(({ MessageId = "" }) => MessageId)
  let error: FunctionError | undefined
  const outcome = yield* options.invoke(sqsEvent(options, messages)).pipe(
    Effect.map(({ payload }) => outcomeOf(messageIds, payload)),
    Effect.catch((failure) => {
      error = failure
      return Effect.succeed(allKept(messageIds))
    })
  )
  const done = new Set(outcome.delete)
  const removable = messages.filter(({ MessageId = "" }) => done.has(MessageId))
  yield* remove(client, options.queueUrl, removable)
  const durationMs = (yield* Clock.currentTimeMillis) - startMs
  const report = { messageIds, failedIds: outcome.keep, durationMs, error }
  if (options.onBatch !== undefined) yield* options.onBatch(report)
})

/**
 * Polls a FIFO queue and invokes a function with its batches, as Lambda's SQS trigger does. It
 * leaves failed messages alone until they are visible again, so the queue keeps the order of their
 * group. Closing the scope aborts the waiting receives and drains the running invocations.
 */
export const make = Effect.fn("EventSourceMapping.make")(function* (
  options: EventSourceMappingOptions
) {
  const client = yield* makeClient(options)
  const closing = yield* Deferred.make<void>()

  const survive = Effect.catchDefect((defect) => Effect.logError("a batch was given up", defect))
  const poller = Effect.gen(function* () {
    while (!(yield* Deferred.isDone(closing))) {
      const stop = Effect.as(Deferred.await(closing), [])
      const messages = yield* Effect.raceFirst(receive(client, options), stop)
      if (messages.length > 0) {
        // A defect must not end the poller; the messages come back by themselves.
        yield* survive(processBatch(client, options, messages))
      }
    }
  })
  const pollers = yield* Effect.replicateEffect(
    Effect.forkScoped(poller),
    options.maxConcurrency ?? 5
  )
  yield* Effect.addFinalizer(() =>
    Deferred.succeed(closing, undefined).pipe(
      Effect.andThen(Fiber.awaitAll(pollers)),
      Effect.timeoutOption(options.drain ?? "5 seconds")
    )
  )
})
