/**
 * SQS over plain HTTP with aws4fetch, because a Worker cannot afford the AWS client. Its effects,
 * like all of the edge, have no spans, which would add 1.5 KB gzipped to every wrapped Worker.
 */
import type { AwsClient } from "aws4fetch"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { type AnalyticsEvent, deduplicationId, encodeMessage } from "../schema/AnalyticsEvent.ts"
import { EventQueue, EventQueueRejected, EventQueueUnavailable } from "../services/EventQueue.ts"
import { entryTreatment, faultName, requestTreatment } from "./sqs/SqsFault.ts"

/** The AWS actions that each verb needs; IAM knows a batch by the name of its single action. */
export const actions = {
  publish: ["sqs:SendMessage"]
} satisfies Record<keyof EventQueue["Service"], ReadonlyArray<string>>

export interface Options {
  readonly queueUrl: string
  /** Signs requests for service `sqs`; its own retries must be off. */
  readonly signer: AwsClient
}

const BatchAnswer = Schema.Struct({
  Successful: Schema.optional(Schema.Array(Schema.Struct({ Id: Schema.String }))),
  Failed: Schema.optional(
    Schema.Array(
      Schema.Struct({ Id: Schema.String, Code: Schema.String, SenderFault: Schema.Boolean })
    )
  )
})
const decodeAnswer = Schema.decodeUnknownSync(BatchAnswer)

/** Four tries take about 10 s, well inside the 30 s that a Worker has after its answer. */
const untilAccepted = Schedule.exponential("150 millis", 3).pipe(
  Schedule.jittered,
  Schedule.upTo({ times: 3 })
)
const attemptTimeout = "2 seconds"

const entryOf = (event: AnalyticsEvent, index: number) => ({
  Id: String(index),
  MessageBody: encodeMessage(event),
  MessageGroupId: event.requestId,
  MessageDeduplicationId: deduplicationId(event)
})

const unavailable = (events: ReadonlyArray<AnalyticsEvent>, detail: string) =>
  new EventQueueUnavailable({ detail, deduplicationIds: events.map(deduplicationId) })

const rejected = (events: ReadonlyArray<AnalyticsEvent>, detail: string) =>
  new EventQueueRejected({ detail, deduplicationIds: events.map(deduplicationId) })

const request = ({ queueUrl, signer }: Options, events: ReadonlyArray<AnalyticsEvent>) =>
  Effect.tryPromise({
    try: (signal) =>
      signer.fetch(new URL("/", queueUrl).href, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": "AmazonSQS.SendMessageBatch"
        },
        body: JSON.stringify({ QueueUrl: queueUrl, Entries: events.map(entryOf) }),
        signal
      }),
    catch: () => unavailable(events, "no connection")
  })

const readAnswer = (response: Response, events: ReadonlyArray<AnalyticsEvent>) =>
  Effect.tryPromise({
    try: () => response.json().then((json) => decodeAnswer(json)),
    catch: () => unavailable(events, "unreadable answer")
  })

const refusalOf = Effect.fnUntraced(function* (
  response: Response,
  events: ReadonlyArray<AnalyticsEvent>
) {
  const body = yield* Effect.tryPromise({
    try: () => response.text(),
    catch: () => unavailable(events, "unreadable answer")
  })
  const name = faultName(response, body)
  const failed = requestTreatment(response.status, name) === "later" ? unavailable : rejected
  return yield* failed(events, `HTTP ${response.status} ${name}`.trim())
})

/** Sends one request, and returns the entries that were refused or have to be sent again. */
const attempt = Effect.fnUntraced(
  function* (options: Options, events: ReadonlyArray<AnalyticsEvent>) {
    const response = yield* request(options, events)
    if (!response.ok) return yield* refusalOf(response, events)
    const { Failed = [], Successful = [] } = yield* readAnswer(response, events)
    const accepted = new Set(Successful.map(({ Id }) => Id))
    const isRefused = (entry: (typeof Failed)[number]) =>
      entryTreatment(entry.Code, entry.SenderFault) === "never"
    const refused = new Set(Failed.filter(isRefused).map(({ Id }) => Id))
    // an entry that the answer does not name is sent again
    return {
      refused: events.filter((_, index) => refused.has(String(index))),
      remaining: events.filter((_, index) => {
        const id = String(index)
        return !accepted.has(id) && !refused.has(id)
      })
    }
  },
  (effect, _, events) =>
    Effect.timeoutOrElse(effect, {
      duration: attemptTimeout,
      orElse: () => Effect.fail(unavailable(events, "no answer in time"))
    })
)

/** Tries failed entries again alone; a refused entry never holds up its neighbour. */
const publish = Effect.fnUntraced(function* (
  options: Options,
  events: ReadonlyArray<AnalyticsEvent>
) {
  let pending = events
  const refusedEvents: Array<AnalyticsEvent> = []
  yield* Effect.suspend(() => attempt(options, pending)).pipe(
    Effect.flatMap(({ refused, remaining }) => {
      pending = remaining
      refusedEvents.push(...refused)
      return remaining.length === 0
        ? Effect.void
        : Effect.fail(unavailable(remaining, "entries failed"))
    }),
    Effect.retry({
      schedule: untilAccepted,
      while: (error) => error._tag === "EventQueueUnavailable"
    }),
    // names the entries that were refused on an earlier try, so that the caller can count them
    Effect.mapError(({ _tag, detail }) => {
      const failed = _tag === "EventQueueUnavailable" ? unavailable : rejected
      return failed([...pending, ...refusedEvents], detail)
    })
  )
  if (refusedEvents.length > 0) return yield* rejected(refusedEvents, "entries refused")
})

/** Built synchronously, because requests of a Worker cannot wait for each other. */
export const layer = (options: Options) =>
  Layer.sync(EventQueue, () => EventQueue.of({ publish: (events) => publish(options, events) }))
