import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { DeadLetter } from "../../../ops/dlq/DeadLetter.ts"
import { look } from "../../../ops/dlq/DeadLetters.ts"
import { connect, type Queue } from "../../../ops/installation/Queue.ts"
import { healthy, localQueues, undecodable } from "./LocalQueues.ts"

const readAll = (queue: Queue) =>
  Effect.gen(function* () {
    const looking = yield* look(queue)
    const batches = yield* Stream.runCollect(looking.batches)
    const letters: ReadonlyArray<DeadLetter> = batches.flat()
    return { letters, unseen: yield* looking.unseen }
  }).pipe(Effect.scoped)

const idsOf = (letters: ReadonlyArray<DeadLetter>, group?: string) =>
  letters
    .filter((letter) => group === undefined || letter.group === group)
    .map(({ messageId }) => messageId)

describe.concurrent("a look at the dead-letter queue", () => {
  it.live("shows every letter once, with group and body", () =>
    Effect.gen(function* () {
      const { bury, deadLetters } = yield* localQueues
      const sent = yield* Effect.forEach([1, 2, 3], (request) => bury(healthy(request)))
      const { letters, unseen } = yield* readAll(deadLetters)
      assert.deepStrictEqual(idsOf(letters), sent)
      assert.deepStrictEqual(
        letters.map(({ body, group }) => ({ body, group })),
        [1, 2, 3].map(healthy)
      )
      assert.strictEqual(unseen, 0)
    })
  )

  it.live("leaves all of them visible, in their order", () =>
    Effect.gen(function* () {
      const { bury, counts, deadLetters, deadLettersUrl, drain } = yield* localQueues
      const sent = yield* Effect.forEach([1, 2, 1, 1, 2], (request) => bury(healthy(request)))
      yield* readAll(deadLetters)
      assert.deepStrictEqual(yield* counts(deadLettersUrl), { visible: 5, inFlight: 0 })
      const left = yield* drain(deadLettersUrl)
      const ofGroup = (request: number) =>
        left
          .filter(({ Attributes }) => Attributes?.MessageGroupId === healthy(request).group)
          .map(({ MessageId }) => MessageId)
      assert.deepStrictEqual(ofGroup(1), [sent[0], sent[2], sent[3]])
      assert.deepStrictEqual(ofGroup(2), [sent[1], sent[4]])
    })
  )

  it.live("shows the later messages of groups that a full batch cuts", () =>
    Effect.gen(function* () {
      const { bury, counts, deadLetters, deadLettersUrl } = yield* localQueues
      // seven of each of five groups: every batch of ten ends inside a group
      const requests = [1, 2, 3, 4, 5].flatMap((request) => Array<number>(7).fill(request))
      const sent = yield* Effect.forEach(requests, (request) => bury(healthy(request)))
      const { letters, unseen } = yield* readAll(deadLetters)
      assert.strictEqual(unseen, 0)
      assert.deepStrictEqual(idsOf(letters).toSorted(), sent.toSorted())
      for (const request of [1, 2, 3, 4, 5]) {
        const { group } = healthy(request)
        const expected = sent.filter((_, index) => requests[index] === request)
        assert.deepStrictEqual(idsOf(letters, group), expected)
      }
      assert.deepStrictEqual(yield* counts(deadLettersUrl), { visible: 35, inFlight: 0 })
    })
  )

  it.live("counts letters behind ten others of their group as not seen", () =>
    Effect.gen(function* () {
      const { bury, counts, deadLetters, deadLettersUrl } = yield* localQueues
      const requests = [...Array<number>(13).fill(1), 2, 3]
      yield* Effect.forEach(requests, (request) => bury(healthy(request)))
      const { letters, unseen } = yield* readAll(deadLetters)
      assert.strictEqual(letters.length, 12)
      assert.strictEqual(unseen, 3)
      assert.deepStrictEqual(yield* counts(deadLettersUrl), { visible: 15, inFlight: 0 })
    })
  )

  it.live("names the reason of each letter", () =>
    Effect.gen(function* () {
      const { bury, deadLetters } = yield* localQueues
      for (const [group, body] of Object.entries(undecodable)) yield* bury({ group, body })
      yield* bury(healthy(1))
      const { letters } = yield* readAll(deadLetters)
      assert.deepStrictEqual(
        letters.map(({ verdict }) => verdict.reason),
        ["not_json", "unknown_version", "unknown_event_type", "invalid_event", "downstream"]
      )
    })
  )

  it.live("gives its letters back when it is left in the middle", () =>
    Effect.gen(function* () {
      const { bury, counts, deadLetters, deadLettersUrl } = yield* localQueues
      yield* Effect.forEach(Array.from({ length: 25 }).keys(), (n) => bury(healthy(n)))
      yield* Effect.gen(function* () {
        const looking = yield* look(deadLetters)
        yield* Stream.runHead(looking.batches)
        assert.strictEqual((yield* counts(deadLettersUrl)).inFlight, 10)
      }).pipe(Effect.scoped)
      assert.deepStrictEqual(yield* counts(deadLettersUrl), { visible: 25, inFlight: 0 })
    })
  )

  it.live("refuses a queue with a redrive policy, where a look counts as a failed receive", () =>
    Effect.gen(function* () {
      const { queue } = yield* localQueues
      const error = yield* Effect.flip(readAll(queue))
      assert.strictEqual(error._tag, "ServiceRejected")
      assert.include(error.message, "cv-analytics.fifo has a redrive policy")
    })
  )
})

describe("a queue that cannot be used", () => {
  it.live("is named when it does not exist", () =>
    Effect.gen(function* () {
      const { place } = yield* localQueues
      const { open } = yield* connect(place, place.endpoint)
      const error = yield* Effect.flip(open("other.fifo"))
      assert.strictEqual(error._tag, "ServiceRejected")
      assert.include(error.message, `there is no queue other.fifo at ${place.endpoint}`)
    })
  )

  it.live("is unavailable where nothing listens", () =>
    Effect.gen(function* () {
      const { place } = yield* localQueues
      const endpoint = "http://127.0.0.1:1"
      const { open } = yield* connect({ ...place, endpoint }, endpoint)
      const error = yield* Effect.flip(open("cv-analytics.fifo"))
      assert.strictEqual(error._tag, "ServiceUnavailable")
      assert.include(error.message, "SQS does not answer at http://127.0.0.1:1 (ECONNREFUSED)")
    })
  )
})
