import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { FifoQueue, type Journal } from "../../../local/sqs/FifoQueue.ts"
import { type Message, receiptHandle } from "../../../local/sqs/Message.ts"
import { rulesOf } from "../../../local/sqs/QueueAttributes.ts"

const deaf: Journal = {
  added: () => undefined,
  changed: () => undefined,
  removed: () => undefined,
  remembered: () => undefined,
  forgotten: () => undefined
}

const queueOf = (attributes: Readonly<Record<string, string>> = {}) => {
  let sequence = 0
  const mint = { sequence: () => ++sequence, messageId: () => `id-${sequence}` }
  return new FifoQueue("q.fifo", rulesOf(attributes), mint, deaf)
}

const send = (queue: FifoQueue, now: number, group: string, body: string, deduplicationId = body) =>
  Result.getOrThrow(
    queue.send(now, { group, body, deduplicationId, attributes: {}, traceHeader: undefined })
  )

const receive = (queue: FifoQueue, now: number, ask: { max?: number; attemptId?: string } = {}) =>
  queue.receive(now, {
    max: ask.max ?? 10,
    visibilityTimeoutSeconds: undefined,
    attemptId: ask.attemptId,
    redrives: true
  })

const bodies = (messages: ReadonlyArray<Message>) => messages.map(({ body }) => body)
const minute = 60_000

describe("FifoQueue", () => {
  it("returns several messages of one group in one receive, oldest groups first", () => {
    const queue = queueOf()
    for (const [group, body] of [
      ["B", "b1"],
      ["A", "a1"],
      ["B", "b2"],
      ["A", "a2"]
    ] as const) {
      send(queue, 0, group, body)
    }
    assert.deepStrictEqual(bodies(receive(queue, 0, { max: 3 }).delivered), ["b1", "b2", "a1"])
  })

  it("blocks a group until every message of its batch is deleted", () => {
    const queue = queueOf()
    for (const body of ["1", "2", "3"]) send(queue, 0, "A", body)
    const [first, second] = receive(queue, 0, { max: 2 }).delivered
    assert.deepStrictEqual(receive(queue, 1).delivered, [])
    queue.delete(2, receiptHandle(first!))
    assert.deepStrictEqual(receive(queue, 3).delivered, [])
    queue.delete(4, receiptHandle(second!))
    assert.deepStrictEqual(bodies(receive(queue, 5).delivered), ["3"])
  })

  it("returns a timed-out batch in its order with a higher receive count, and says when", () => {
    const queue = queueOf({ VisibilityTimeout: "30" })
    for (const body of ["1", "2", "3"]) send(queue, 0, "A", body)
    receive(queue, 1000)
    assert.strictEqual(queue.nextReadyAt(1000), 31_000)
    assert.deepStrictEqual(receive(queue, 30_999).delivered, [])
    const again = receive(queue, 31_000).delivered
    assert.deepStrictEqual(bodies(again), ["1", "2", "3"])
    assert.deepStrictEqual(
      again.map(({ receiveCount }) => receiveCount),
      [2, 2, 2]
    )
    assert.deepStrictEqual(
      again.map(({ firstReceivedAt }) => firstReceivedAt),
      [1000, 1000, 1000]
    )
  })

  it("keeps a group blocked when only one message of the batch is made visible", () => {
    const queue = queueOf({ VisibilityTimeout: "30" })
    for (const body of ["1", "2"]) send(queue, 0, "A", body)
    const [first] = receive(queue, 0).delivered
    assert.isTrue(Result.isSuccess(queue.changeVisibility(1, receiptHandle(first!), 0)))
    assert.deepStrictEqual(receive(queue, 2).delivered, [])
    assert.deepStrictEqual(bodies(receive(queue, 30_000).delivered), ["1", "2"])
  })

  it("changes a visibility timeout from now on, to none at all or to a longer one", () => {
    const queue = queueOf({ VisibilityTimeout: "30" })
    send(queue, 0, "A", "1")
    queue.changeVisibility(1, receiptHandle(receive(queue, 0).delivered[0]!), 0)
    const [again] = receive(queue, 2).delivered
    assert.strictEqual(again?.receiveCount, 2)
    queue.changeVisibility(20_000, receiptHandle(again!), 100)
    assert.strictEqual(queue.nextReadyAt(20_000), 120_000)
  })

  it("refuses an expired handle, and accepts the handle of a deleted message again", () => {
    const queue = queueOf({ VisibilityTimeout: "30" })
    send(queue, 0, "A", "1")
    const handle = receiptHandle(receive(queue, 0).delivered[0]!)
    const late = queue.delete(30_000, handle)
    assert.strictEqual(Result.isFailure(late) && late.failure.code, "InvalidParameterValue")
    const change = queue.changeVisibility(30_000, handle, 5)
    assert.strictEqual(Result.isFailure(change) && change.failure.code, "MessageNotInflight")
    const fresh = receiptHandle(receive(queue, 30_000).delivered[0]!)
    assert.isTrue(Result.isFailure(queue.delete(30_001, handle)))
    assert.isTrue(Result.isSuccess(queue.delete(30_002, fresh)))
    assert.isTrue(Result.isSuccess(queue.delete(30_003, fresh)))
    assert.deepStrictEqual(queue.counts(30_004), { visible: 0, inFlight: 0, delayed: 0 })
  })

  it("remembers a deduplication id for five minutes, also after the delete", () => {
    const queue = queueOf()
    const original = send(queue, 0, "A", "x", "D")
    queue.delete(1, receiptHandle(receive(queue, 1).delivered[0]!))
    assert.strictEqual(send(queue, 4 * minute, "B", "y", "D").messageId, original.messageId)
    assert.deepStrictEqual(receive(queue, 5 * minute - 1).delivered, [])
    send(queue, 5 * minute, "A", "z", "D")
    assert.deepStrictEqual(bodies(receive(queue, 5 * minute).delivered), ["z"])
    send(queue, 9 * minute, "A", "w", "D")
    assert.strictEqual(queue.counts(9 * minute).visible, 1)
  })

  it("deduplicates per group when the scope says so", () => {
    const queue = queueOf({ DeduplicationScope: "messageGroup" })
    send(queue, 0, "A", "1", "D")
    send(queue, 0, "B", "2", "D")
    send(queue, 0, "A", "3", "D")
    assert.deepStrictEqual(bodies(receive(queue, 0).delivered), ["1", "2"])
  })

  it("hands out exhausted messages and goes on with the next of the group", () => {
    const policy = JSON.stringify({ deadLetterTargetArn: "arn", maxReceiveCount: 2 })
    const queue = queueOf({ RedrivePolicy: policy, VisibilityTimeout: "1" })
    send(queue, 0, "A", "poison")
    send(queue, 0, "A", "next")
    for (const now of [0, 1000]) {
      assert.deepStrictEqual(bodies(receive(queue, now, { max: 1 }).delivered), ["poison"])
    }
    const { delivered, exhausted } = receive(queue, 2000, { max: 1 })
    assert.deepStrictEqual([bodies(delivered), bodies(exhausted)], [["next"], ["poison"]])
  })

  it("delays a group retroactively when the delay of the queue changes", () => {
    const queue = queueOf({ DelaySeconds: "60" })
    send(queue, 0, "A", "1")
    assert.deepStrictEqual(queue.counts(1), { visible: 0, inFlight: 0, delayed: 1 })
    queue.change(1, rulesOf({ DelaySeconds: "5" }))
    assert.strictEqual(queue.nextReadyAt(1), 5000)
    assert.deepStrictEqual(bodies(receive(queue, 5000).delivered), ["1"])
  })

  it("drops messages at the end of their retention", () => {
    const queue = queueOf({ MessageRetentionPeriod: "60" })
    send(queue, 0, "A", "1")
    send(queue, 30_000, "A", "2")
    assert.deepStrictEqual(bodies(receive(queue, 60_000).delivered), ["2"])
    assert.deepStrictEqual(queue.counts(90_000), { visible: 0, inFlight: 0, delayed: 0 })
  })

  it("repeats a receive attempt until something happens to its batch", () => {
    const queue = queueOf({ VisibilityTimeout: "30" })
    for (const body of ["1", "2"]) send(queue, 0, "A", body)
    const batch = receive(queue, 0, { attemptId: "r" }).delivered
    const handles = batch.map(receiptHandle)
    const repeated = receive(queue, 20_000, { attemptId: "r" }).delivered
    assert.deepStrictEqual(repeated.map(receiptHandle), handles)
    assert.strictEqual(queue.nextReadyAt(20_000), 50_000)
    queue.delete(20_001, handles[0]!)
    assert.deepStrictEqual(receive(queue, 20_002, { attemptId: "r" }).delivered, [])
  })

  it("sends, receives and deletes 20,000 messages of 10,000 groups without scanning them", () => {
    const queue = queueOf()
    const before = process.cpuUsage()
    for (let n = 0; n < 20_000; n++) send(queue, n, `g${n % 10_000}`, `${n}`)
    let deleted = 0
    for (let now = 20_000; deleted < 20_000; now++) {
      for (const message of receive(queue, now).delivered) {
        queue.delete(now, receiptHandle(message))
        deleted++
      }
    }
    assert.isBelow(process.cpuUsage(before).user, 3_000_000)
  })
})
