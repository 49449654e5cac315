/** The real signer and the real `fetch`, against a small server that answers as each test says. */
import { assert, describe, it } from "@effect/vitest"
import { AwsClient } from "aws4fetch"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Result from "effect/Result"
import * as TestClock from "effect/testing/TestClock"
import * as EventQueueSqs from "../../src/layers/EventQueueSqs.ts"
import { type AnalyticsEvent, decodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import { messageOf } from "../../src/schema/QueueMessage.ts"
import { EventQueue } from "../../src/services/EventQueue.ts"
import { queryEvent, requestIdOf, responseEvent } from "../schema/EventExamples.ts"
import {
  accept,
  failEntries,
  failEntry,
  type Reply,
  type SentBatch,
  serve,
  status
} from "./SqsDouble.ts"

const secretAccessKey = "secret-4711"
const signer = new AwsClient({
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey,
  region: "eu-west-1",
  service: "sqs",
  retries: 0
})

const events: ReadonlyArray<AnalyticsEvent> = [
  queryEvent({ query: "Köln 👩‍💻 \uFFFE?" }),
  responseEvent()
]
const queryId = `${requestIdOf(1)}:query`
const responseId = `${requestIdOf(1)}:response`

const publishTo = (queueUrl: string, messages = events.map(messageOf)) =>
  EventQueue.use(({ publish }) => publish(messages)).pipe(
    Effect.provide(EventQueueSqs.layer({ queueUrl, signer }))
  )

/** Publishes to a queue that gives these replies, one a request. */
const published = Effect.fnUntraced(function* (...replies: ReadonlyArray<Reply>) {
  const { batches, queueUrl } = yield* serve(...replies)
  const result = yield* Effect.result(publishTo(queueUrl))
  return { batches, queueUrl, result }
})

const idsOf = (batches: ReadonlyArray<SentBatch>) =>
  batches.map(({ Entries }) => Entries.map((entry) => entry.MessageDeduplicationId))

/** Moves the test clock, slowly enough for real sockets to do their work, until the effect ends. */
const whileTimePasses = Effect.fnUntraced(function* <A, E>(effect: Effect.Effect<A, E>) {
  const fiber = yield* Effect.forkChild(Effect.exit(effect))
  while (fiber.pollUnsafe() === undefined) {
    yield* TestClock.adjust("10 millis")
    yield* TestClock.withLive(Effect.sleep("1 millis"))
  }
  return yield* Fiber.join(fiber)
})

const failureOf = <A, E>(exit: Exit.Exit<A, E>) => Effect.flip(Effect.suspend(() => exit))

describe("The events of a request", () => {
  it.live("go out as one signed batch", () =>
    Effect.gen(function* () {
      const { batches, queueUrl, result } = yield* published(accept)
      assert.isTrue(Result.isSuccess(result))
      assert.strictEqual(batches.length, 1)
      const [batch] = batches
      assert.include(batch, { method: "POST", path: "/", QueueUrl: queueUrl })
      assert.include(batch?.headers, {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "AmazonSQS.SendMessageBatch"
      })
      const { authorization } = batch?.headers ?? {}
      const scope = "AKIAIOSFODNN7EXAMPLE/\\d{8}/eu-west-1/sqs/aws4_request"
      const signature = "SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}"
      assert.match(
        authorization ?? "",
        new RegExp(`^AWS4-HMAC-SHA256 Credential=${scope}, ${signature}$`)
      )
      assert.notInclude(JSON.stringify(batch), secretAccessKey)
    })
  )

  it.live("are grouped by request, deduplicated by request and kind, and decode again", () =>
    Effect.gen(function* () {
      const { batches } = yield* published(accept)
      const entries = batches[0]?.Entries ?? []
      assert.deepStrictEqual(
        entries.map(({ Id, MessageDeduplicationId, MessageGroupId }) => [
          Id,
          MessageGroupId,
          MessageDeduplicationId
        ]),
        [
          ["0", requestIdOf(1), queryId],
          ["1", requestIdOf(1), responseId]
        ]
      )
      assert.deepStrictEqual(
        entries.map(({ MessageBody }) => Result.getOrThrow(decodeMessage(MessageBody))),
        events
      )
    })
  )
})

describe("An entry that failed", () => {
  for (const [index, id] of [queryId, responseId].entries()) {
    it.live(`is sent again alone, with the same deduplication id: ${id.slice(37)}`, () =>
      Effect.gen(function* () {
        const { batches, result } = yield* published(failEntry(String(index), false), accept)
        assert.isTrue(Result.isSuccess(result))
        assert.deepStrictEqual(idsOf(batches), [[queryId, responseId], [id]])
        const [first, again] = batches
        assert.strictEqual(again?.Entries[0]?.MessageBody, first?.Entries[index]?.MessageBody)
      })
    )
  }

  it.live("is refused at once if the fault is its own, and does not hold up its neighbour", () =>
    Effect.gen(function* () {
      const { batches, result } = yield* published(failEntry("0", true))
      assert.strictEqual(batches.length, 1)
      assert.deepInclude(yield* Effect.flip(Effect.fromResult(result)), {
        _tag: "EventQueueRejected",
        deduplicationIds: [queryId]
      })
    })
  )

  it.effect("is named alone in the error when it fails again and again", () =>
    Effect.gen(function* () {
      const { batches, queueUrl } = yield* serve(failEntry("1", false), failEntry("0", false))
      const error = yield* failureOf(yield* whileTimePasses(publishTo(queueUrl)))
      assert.deepInclude(error, { _tag: "EventQueueUnavailable", deduplicationIds: [responseId] })
      assert.deepStrictEqual(idsOf(batches), [
        [queryId, responseId],
        [responseId],
        [responseId],
        [responseId]
      ])
    })
  )
})

describe("An entry that was refused on an earlier try", () => {
  const first = failEntries({ id: "0", senderFault: true }, { id: "1", senderFault: false })

  it.effect("is named beside its neighbour that could not be sent, so that both are counted", () =>
    Effect.gen(function* () {
      const { queueUrl } = yield* serve(first, failEntry("0", false))
      const error = yield* failureOf(yield* whileTimePasses(publishTo(queueUrl)))
      assert.strictEqual(error._tag, "EventQueueUnavailable")
      assert.sameMembers([...error.deduplicationIds], [queryId, responseId])
    })
  )

  for (const [how, later] of [
    ["the entry", failEntry("0", true)],
    ["the request", status(400, { __type: "com.amazonaws.sqs#InvalidMessageContents" })]
  ] as const) {
    it.live(`is named beside its neighbour when ${how} is refused later`, () =>
      Effect.gen(function* () {
        const { result } = yield* published(first, later)
        const error = yield* Effect.flip(Effect.fromResult(result))
        assert.strictEqual(error._tag, "EventQueueRejected")
        assert.sameMembers([...error.deduplicationIds], [queryId, responseId])
      })
    )
  }

  it.live("is named alone when its neighbour is accepted later", () =>
    Effect.gen(function* () {
      const { result } = yield* published(first, accept)
      assert.deepInclude(yield* Effect.flip(Effect.fromResult(result)), {
        _tag: "EventQueueRejected",
        deduplicationIds: [queryId]
      })
    })
  )
})

describe("A queue that has a fault", () => {
  for (const [name, reply] of [
    ["answers 500", status(500)],
    ["answers 503", status(503, "<html>no JSON</html>")],
    ["answers 429", status(429)],
    ["hangs up", "hang up"],
    ["answers what is no JSON", status(200, "<html></html>")],
    ["answers another shape", status(200, '{"Failed":[{"Id":0}]}')]
  ] as const) {
    it.live(`is tried again when it ${name}, with the same messages`, () =>
      Effect.gen(function* () {
        const { batches, result } = yield* published(reply, accept)
        assert.isTrue(Result.isSuccess(result))
        assert.strictEqual(batches.length, 2)
        assert.deepStrictEqual(batches[1]?.Entries, batches[0]?.Entries)
      })
    )
  }

  for (const code of [400, 401, 403, 404, 500]) {
    it.effect(`is given up after four tries, as unavailable, when it keeps answering ${code}`, () =>
      Effect.gen(function* () {
        const { batches, queueUrl } = yield* serve(status(code))
        const error = yield* failureOf(yield* whileTimePasses(publishTo(queueUrl)))
        assert.deepInclude(error, {
          _tag: "EventQueueUnavailable",
          detail: `HTTP ${code} Told`,
          deduplicationIds: [queryId, responseId]
        })
        assert.strictEqual(batches.length, 4)
      })
    )
  }
})

const coral = "com.amazon.coral.service#"
const sqs = "com.amazonaws.sqs#"

describe("A fault that the owner or time can mend", () => {
  for (const type of [
    `${sqs}QueueDoesNotExist`,
    "AWS.SimpleQueueService.NonExistentQueue",
    `${sqs}QueueDeletedRecently`,
    `${sqs}InvalidAddress`,
    `${coral}AccessDeniedException`,
    "AccessDenied",
    `${coral}UnrecognizedClientException:http://internal.amazon.com/coral/`,
    `${coral}InvalidSignatureException`,
    "SignatureDoesNotMatch",
    `${coral}IncompleteSignatureException`,
    `${coral}MissingAuthenticationTokenException`,
    `${coral}ExpiredTokenException`,
    "InvalidClientTokenId",
    "InvalidAccessKeyId",
    "RequestExpired",
    `${sqs}InvalidSecurity`,
    `${sqs}KmsDisabled`,
    `${sqs}KmsAccessDenied`,
    `${sqs}KmsInvalidState`,
    `${sqs}KmsNotFound`,
    `${sqs}KmsOptInRequired`,
    `${sqs}KmsThrottled`,
    "KMS.InvalidStateException",
    `${sqs}OverLimit`,
    `${sqs}RequestThrottled`,
    `${coral}ThrottlingException`,
    "A fault of next year"
  ]) {
    it.live(`is out of reach, although the status is 400: ${type}`, () =>
      Effect.gen(function* () {
        const { batches, result } = yield* published(status(400, { __type: type }), accept)
        assert.isTrue(Result.isSuccess(result))
        assert.deepStrictEqual(batches[1]?.Entries, batches[0]?.Entries)
      })
    )
  }

  for (const code of ["AccessDenied", "KMS.DisabledException", "OverLimit", "QueueDoesNotExist"]) {
    it.live(`is sent again as a failed entry too, although SQS blames the sender: ${code}`, () =>
      Effect.gen(function* () {
        const failed = failEntries({ id: "1", senderFault: true, code })
        const { batches, result } = yield* published(failed, accept)
        assert.isTrue(Result.isSuccess(result))
        assert.deepStrictEqual(idsOf(batches), [[queryId, responseId], [responseId]])
      })
    )
  }
})

describe("A fault of the messages themselves", () => {
  for (const [code, type] of [
    [400, `${sqs}InvalidMessageContents`],
    [400, `${sqs}BatchRequestTooLong`],
    [400, `${sqs}TooManyEntriesInBatchRequest`],
    [400, `${sqs}InvalidParameterValueException`],
    [400, `${sqs}MissingParameter`],
    [400, `${coral}SerializationException`],
    [413, `${sqs}Told`]
  ] as const) {
    const name = type.slice(type.indexOf("#") + 1)

    it.live(`rejects the events for good, without a retry: ${code} ${name}`, () =>
      Effect.gen(function* () {
        const { batches, result } = yield* published(status(code, { __type: type }))
        assert.strictEqual(batches.length, 1)
        assert.deepInclude(yield* Effect.flip(Effect.fromResult(result)), {
          _tag: "EventQueueRejected",
          detail: `HTTP ${code} ${name}`,
          deduplicationIds: [queryId, responseId]
        })
      })
    )
  }

  it.live("is read from the header for older clients when the body does not name it", () =>
    Effect.gen(function* () {
      const header = { "x-amzn-query-error": "AWS.SimpleQueueService.BatchRequestTooLong;Sender" }
      const { result } = yield* published(status(400, "<html></html>", header))
      assert.deepInclude(yield* Effect.flip(Effect.fromResult(result)), {
        _tag: "EventQueueRejected",
        detail: "HTTP 400 BatchRequestTooLong"
      })
    })
  )
})

describe("Messages that are too long for one request", () => {
  const tooLong = (body: string) => Buffer.byteLength(body) > EventQueueSqs.bytesMax
  const bodiesIn = (batches: ReadonlyArray<SentBatch>) =>
    batches.map(({ Entries }) => Entries.map(({ MessageBody }) => MessageBody).join(""))

  it.live("go in two, whole", () =>
    Effect.gen(function* () {
      const { batches, queueUrl } = yield* serve(accept)
      const query = "長".repeat(200_000)
      const long = [queryEvent({ query }), responseEvent({ response: query })].map(messageOf)
      yield* publishTo(queueUrl, long)
      assert.sameMembers(
        bodiesIn(batches),
        long.map(({ body }) => body)
      )
    })
  )

  it.live("are cut where one alone is too long, and a marker says how much was kept", () =>
    Effect.gen(function* () {
      const { batches, queueUrl } = yield* serve(accept)
      const response = "長\n".repeat(300_000)
      const long = responseEvent({ response })
      yield* publishTo(queueUrl, [queryEvent(), long].map(messageOf))
      const bodies = bodiesIn(batches)
      assert.isFalse(bodies.some(tooLong))
      const sent = bodies.map((body) => Result.getOrThrow(decodeMessage(body)))
      const cut = sent.find((event) => event.eventType === "response")?.response ?? ""
      const [kept = "", marker] = cut.split("\n[cut: ")
      assert.isTrue(response.startsWith(kept))
      assert.isAbove(kept.length, 300_000)
      assert.strictEqual(marker, `${kept.length} of 600000 characters kept]`)
      assert.deepInclude(sent, queryEvent())
    })
  )

  it.live("are both told when both fail", () =>
    Effect.gen(function* () {
      const fault = status(400, { __type: "com.amazonaws.sqs#InvalidMessageContents" })
      const { queueUrl } = yield* serve(fault)
      const query = "長".repeat(200_000)
      const long = [queryEvent({ query }), responseEvent({ response: query })].map(messageOf)
      const error = yield* Effect.flip(publishTo(queueUrl, long))
      assert.strictEqual(error._tag, "EventQueueRejected")
      assert.sameMembers([...error.deduplicationIds], [queryId, responseId])
    })
  )
})

describe("A queue that never answers", () => {
  it.effect("is given up within the time that a Worker has after its answer", () =>
    Effect.gen(function* () {
      const { queueUrl } = yield* serve("silence")
      const startedAt = yield* Clock.currentTimeMillis
      const error = yield* failureOf(yield* whileTimePasses(publishTo(queueUrl)))
      assert.deepInclude(error, {
        _tag: "EventQueueUnavailable",
        detail: "no answer in time",
        deduplicationIds: [queryId, responseId]
      })
      const tookMs = (yield* Clock.currentTimeMillis) - startedAt
      assert.isAtLeast(tookMs, 8000)
      assert.isBelow(tookMs, 15_000)
    })
  )

  it.effect("is given up too when no server listens", () =>
    Effect.gen(function* () {
      const { queueUrl } = yield* Effect.scoped(serve("silence"))
      const error = yield* failureOf(yield* whileTimePasses(publishTo(queueUrl)))
      assert.deepInclude(error, { _tag: "EventQueueUnavailable", detail: "no connection" })
    })
  )
})

describe("The error of a failed publish", () => {
  it.live("holds ids only, never a text, a key or the queue's own words", () =>
    Effect.gen(function* () {
      const { result } = yield* published(status(413, { message: "told by the queue" }))
      const error = yield* Effect.flip(Effect.fromResult(result))
      for (const text of [error.message, String(error), JSON.stringify(error)]) {
        assert.notInclude(text, "Köln")
        assert.notInclude(text, secretAccessKey)
        assert.notInclude(text, "told by the queue")
      }
    })
  )
})
