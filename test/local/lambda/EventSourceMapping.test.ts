/**
 * Goal: the mapping gives a function the events of Lambda's SQS trigger, and deletes as it does.
 * Method: the real SQS server and the real function host, in separate processes.
 */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs"
import { assert, describe, it } from "@effect/vitest"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as EventSourceMapping from "../../../local/lambda/EventSourceMapping.ts"
import * as FunctionHost from "../../../local/lambda/FunctionHost.ts"
import type { SqsEvent } from "../../../local/lambda/SqsEvent.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { definitionOf } from "./fixtures/definition.ts"
import { until } from "./fixtures/processes.ts"
import { makeQueue } from "./fixtures/queue.ts"

interface Note {
  readonly atMs: number
  readonly event?: SqsEvent
  readonly finished?: ReadonlyArray<string>
}

/** A queue, a function that notes its events, and a mapping, which end when the test says so. */
const makeStage = Effect.fnUntraced(function* (
  maxConcurrency = 1,
  drain: Duration.Input = "20 seconds"
) {
  const queue = yield* makeQueue()
  const notesFile = join(yield* temporaryFolder, "notes")
  const scope = yield* Effect.acquireRelease(Scope.make(), (closeable) =>
    Scope.close(closeable, Exit.void)
  )
  const host = yield* FunctionHost.make(
    definitionOf("consumer", { environment: { NOTES_FILE: notesFile }, maxConcurrency })
  ).pipe(Scope.provide(scope))
  const reports: Array<EventSourceMapping.BatchReport> = []
  const startMapping = EventSourceMapping.make({
    endpoint: queue.endpoint,
    queueUrl: queue.queueUrl,
    region: queue.region,
    maxConcurrency,
    drain,
    invoke: host.invoke,
    onBatch: (report) => Effect.sync(() => void reports.push(report))
  }).pipe(Scope.provide(scope))
  const stopMapping = Scope.close(scope, Exit.void)
  const notes = (): ReadonlyArray<Note> =>
    existsSync(notesFile)
      ? readFileSync(notesFile, "utf8")
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as Note)
      : []
  const depth = Effect.promise(async () => {
    const { Attributes = {} } = await queue.client.send(
      new GetQueueAttributesCommand({ QueueUrl: queue.queueUrl, AttributeNames: ["All"] })
    )
    const visible = Number(Attributes.ApproximateNumberOfMessages)
    return visible + Number(Attributes.ApproximateNumberOfMessagesNotVisible)
  })
  const isEmpty = Effect.map(depth, (messages) => messages === 0)
  return { queue, host, reports, startMapping, stopMapping, notes, depth, isEmpty }
})

describe("a batch", () => {
  it.live("reaches the function in the shape of Lambda's SQS event", () =>
    Effect.gen(function* () {
      const { queue, startMapping, notes } = yield* makeStage()
      const [messageId] = yield* queue.send([{ group: "g", body: "hello" }])
      yield* startMapping
      yield* until(() => notes().length > 0)
      const [record] = notes()[0]?.event?.Records ?? []
      const { receiptHandle, attributes, md5OfMessageAttributes, ...rest } = record!
      assert.deepStrictEqual(rest, {
        messageId: messageId!,
        body: "hello",
        messageAttributes: {
          producer: {
            stringValue: "test",
            stringListValues: [],
            binaryListValues: [],
            dataType: "String"
          }
        },
        md5OfBody: "5d41402abc4b2a76b9719d911017c592",
        eventSource: "aws:sqs",
        eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:events.fifo",
        awsRegion: "us-east-1"
      })
      assert.isNotEmpty(receiptHandle)
      assert.match(String(md5OfMessageAttributes), /^[0-9a-f]{32}$/)
      assert.containsAllKeys(attributes, [
        "ApproximateFirstReceiveTimestamp",
        "SenderId",
        "SentTimestamp",
        "SequenceNumber"
      ])
      assert.deepInclude(attributes, {
        ApproximateReceiveCount: "1",
        MessageGroupId: "g",
        MessageDeduplicationId: "0"
      })
    })
  )

  it.live("loses messages that are not named, and keeps the named ones until they succeed", () =>
    Effect.gen(function* () {
      const { queue, reports, startMapping, isEmpty } = yield* makeStage()
      const [one, bad, two] = yield* queue.send([
        { group: "a", body: "one" },
        { group: "b", body: "fail" },
        { group: "a", body: "two" }
      ])
      yield* startMapping
      yield* until(() => reports.length === 2)
      assert.sameMembers([...reports[0]!.messageIds], [one!, bad!, two!])
      assert.deepInclude(reports[0]!, { failedIds: [bad!] })
      assert.deepInclude(reports[1]!, { messageIds: [bad!], failedIds: [] })
      assert.isTrue(yield* isEmpty)
    })
  )

  it.live("comes back whole when the function throws", () =>
    Effect.gen(function* () {
      const { queue, reports, startMapping, isEmpty } = yield* makeStage()
      const sent = yield* queue.send([
        { group: "a", body: "one" },
        { group: "b", body: "throw" }
      ])
      yield* startMapping
      yield* until(isEmpty)
      yield* until(() => reports.at(-1)?.failedIds.length === 0)
      assert.sameMembers([...reports[0]!.failedIds], sent)
      assert.strictEqual(reports[0]!.error?.errorMessage, "as told")
    })
  )
})

describe("batches in parallel", () => {
  it.live("never hold the same group, and do overlap between groups", () =>
    Effect.gen(function* () {
      const { queue, startMapping, notes, isEmpty } = yield* makeStage(4)
      yield* startMapping
      const letters = [0, 1, 2].flatMap(() =>
        ["a", "b", "c", "d"].map((group) => ({ group, body: "slow" }))
      )
      for (const letter of letters) {
        yield* queue.send([letter])
        yield* Effect.sleep("20 millis")
      }
      yield* until(isEmpty)
      const running = new Map<string, string>()
      let mostBatches = 0
      for (const { event, finished } of notes()) {
        for (const { messageId, attributes } of event?.Records ?? []) {
          const batch = event?.Records[0]?.messageId ?? ""
          const group = attributes.MessageGroupId ?? ""
          assert.include([undefined, batch], running.get(group))
          running.set(group, batch)
          assert.isNotEmpty(messageId)
        }
        mostBatches = Math.max(mostBatches, new Set(running.values()).size)
        const ended = finished?.[0]
        for (const [group, batch] of running) if (batch === ended) running.delete(group)
      }
      assert.isAbove(mostBatches, 1)
    })
  )
})

describe("a queue server that is killed", () => {
  it.live("is polled again once it is back", () =>
    Effect.gen(function* () {
      const { queue, reports, startMapping, isEmpty } = yield* makeStage(2)
      yield* startMapping
      yield* queue.send([{ group: "a", body: "before" }])
      yield* until(isEmpty)
      yield* queue.kill
      yield* Effect.sleep("500 millis")
      yield* queue.restart
      yield* queue.send([{ group: "a", body: "after" }])
      yield* until(() => reports.length === 2)
      yield* until(isEmpty)
    })
  )
})

describe("closing the scope", () => {
  it.live("ends the waiting receives, which then take no message", () =>
    Effect.gen(function* () {
      const { queue, reports, startMapping, stopMapping, isEmpty } = yield* makeStage(3)
      yield* startMapping
      yield* queue.send([{ group: "a", body: "before" }])
      yield* until(() => reports.length === 1)
      yield* until(isEmpty)
      yield* stopMapping
      yield* queue.send([{ group: "a", body: "after" }])
      const [message] = yield* queue.receive
      assert.deepInclude(message, { Body: "after" })
      assert.deepInclude(message?.Attributes, { ApproximateReceiveCount: "1" })
    })
  )

  it.live("lets a running invocation finish and deletes its messages", () =>
    Effect.gen(function* () {
      const { queue, startMapping, stopMapping, notes, isEmpty } = yield* makeStage()
      yield* queue.send([{ group: "a", body: "slow" }])
      yield* startMapping
      yield* until(() => notes().length === 1)
      yield* stopMapping
      assert.strictEqual(notes().length, 2)
      assert.isTrue(yield* isEmpty)
    })
  )

  it.live("gives up an endless invocation, whose messages stay in the queue", () =>
    Effect.gen(function* () {
      const { queue, reports, startMapping, stopMapping, notes, depth } = yield* makeStage(
        1,
        "1 second"
      )
      yield* queue.send([{ group: "a", body: "endless" }])
      yield* startMapping
      yield* until(() => notes().length === 1)
      yield* stopMapping
      // the time limit of the function would have caused a report
      assert.isEmpty(reports)
      assert.strictEqual(yield* depth, 1)
    })
  )
})
