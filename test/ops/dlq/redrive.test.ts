import { DeleteMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type Choice, redrive } from "../../../ops/dlq/redrive.ts"
import type { Queue } from "../../../ops/installation/Queue.ts"
import { ServiceRejected } from "../../../ops/ServiceFault.ts"
import { processBatch } from "../../../src/programs/processor/program.ts"
import { encodeMessage } from "../../../src/schema/EventText.ts"
import { eventKey } from "../../../src/schema/Interaction.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { world } from "../../programs/processor/World.ts"
import { feedbackEvent } from "../../schema/EventExamples.ts"
import { healthy, localQueues, undecodable } from "./LocalQueues.ts"

const all: Choice = { force: false, dryRun: false }
const quiet = () => Effect.void

const run = (
  { deadLetters, queue }: { readonly queue: Queue; readonly deadLetters: Queue },
  choice: Partial<Choice> = {}
) => redrive({ queue, deadLetters }, { ...all, ...choice }, quiet)

/** A queue whose connection breaks at every command of one kind. */
const breaking = (
  queue: Queue,
  kind: typeof DeleteMessageCommand | typeof SendMessageCommand
): Queue => ({
  ...queue,
  send: (command) =>
    command instanceof kind
      ? Effect.fail(new ServiceRejected({ message: "connection lost" }))
      : queue.send(command)
})

const empty = { visible: 0, inFlight: 0 }

describe.concurrent("redrive", () => {
  it.live("puts each message back once, as it was, and takes it out of the dead letters", () =>
    Effect.gen(function* () {
      const queues = yield* localQueues
      const requests = Array.from({ length: 23 }, (_, index) => index % 12)
      yield* Effect.forEach(requests, (request) => queues.bury(healthy(request)))
      const counts = yield* run(queues)
      assert.deepStrictEqual(counts, { redriven: 23, undecodable: 0, notChosen: 0, unseen: 0 })
      assert.deepStrictEqual(yield* queues.counts(queues.deadLettersUrl), empty)
      const back = yield* queues.drain(queues.queueUrl)
      assert.deepStrictEqual(
        back.map(({ Body = "" }) => Body).toSorted(),
        requests.map((request) => healthy(request).body).toSorted()
      )
      for (const { Attributes, Body, MessageAttributes } of back) {
        assert.strictEqual(Attributes?.MessageGroupId, JSON.parse(Body ?? "").requestId)
        assert.strictEqual(MessageAttributes?.producer?.StringValue, "test")
      }
    })
  )

  it.live("brings back a vote that a processor of an older version could not read", () =>
    Effect.gen(function* () {
      const queues = yield* localQueues
      const vote = feedbackEvent({ rating: "down", comment: "No." })
      yield* queues.bury({ group: vote.requestId, body: encodeMessage(vote) })
      assert.strictEqual((yield* run(queues)).redriven, 1)
      const back = yield* queues.drain(queues.queueUrl)
      const records = back.map(({ Body = "" }) => ({
        messageId: "m",
        groupId: vote.requestId,
        body: Body
      }))
      yield* Effect.gen(function* () {
        assert.deepStrictEqual(
          (yield* processBatch(records, { budget: 10_000 })).batchItemFailures,
          []
        )
        const stored = yield* InteractionStore.use(({ voteOn }) => voteOn(eventKey(vote)))
        assert.deepStrictEqual(stored, Option.some(vote))
      }).pipe(Effect.provide(world()))
    })
  )

  it.live("keeps the order of a group, even if one receive cannot show all of it", () =>
    Effect.gen(function* () {
      const queues = yield* localQueues
      const { group } = healthy(1)
      const bodies = Array.from({ length: 14 }, (_, n) =>
        healthy(1).body.replace('"session"', `"session-${n}"`)
      )
      yield* Effect.forEach(bodies, (body) => queues.bury({ group, body }))
      assert.strictEqual((yield* run(queues)).redriven, 14)
      // ten at a time, because messages in flight block their group
      const first = yield* queues.drain(queues.queueUrl)
      assert.deepStrictEqual(
        first.map(({ Body }) => Body),
        bodies.slice(0, 10)
      )
      assert.deepStrictEqual(yield* queues.counts(queues.deadLettersUrl), empty)
    })
  )

  it.live("leaves undecodable messages, and puts back the later ones of their group", () =>
    Effect.gen(function* () {
      const queues = yield* localQueues
      const { body, group } = healthy(1)
      yield* queues.bury({ group, body: undecodable.not_json })
      yield* queues.bury({ group, body })
      const counts = yield* run(queues)
      assert.deepStrictEqual(counts, { redriven: 1, undecodable: 1, notChosen: 0, unseen: 0 })
      assert.deepStrictEqual(yield* queues.counts(queues.deadLettersUrl), { ...empty, visible: 1 })
      const forced = yield* run(queues, { force: true })
      assert.strictEqual(forced.redriven, 1)
      assert.deepStrictEqual(yield* queues.counts(queues.deadLettersUrl), empty)
    })
  )

  it.live("puts back one group, or one reason, and leaves the others", () =>
    Effect.gen(function* () {
      const queues = yield* localQueues
      yield* Effect.forEach([1, 2, 2, 3], (request) => queues.bury(healthy(request)))
      yield* queues.bury({ group: "old", body: undecodable.unknown_version })
      const group = yield* run(queues, { group: healthy(2).group })
      assert.deepStrictEqual(group, { redriven: 2, undecodable: 0, notChosen: 3, unseen: 0 })
      const reason = yield* run(queues, { reason: "unknown_version", force: true })
      assert.deepStrictEqual(reason, { redriven: 1, undecodable: 0, notChosen: 2, unseen: 0 })
      const back = yield* queues.drain(queues.queueUrl)
      assert.deepStrictEqual(
        back.map(({ Attributes }) => Attributes?.MessageGroupId),
        [healthy(2).group, healthy(2).group, "old"]
      )
    })
  )

  it.live("changes nothing in a dry run, which counts the same", () =>
    Effect.gen(function* () {
      const queues = yield* localQueues
      yield* Effect.forEach([1, 2, 3], (request) => queues.bury(healthy(request)))
      yield* queues.bury({ group: "poison", body: undecodable.not_json })
      const dry = yield* run(queues, { dryRun: true })
      assert.deepStrictEqual(yield* queues.counts(queues.deadLettersUrl), { ...empty, visible: 4 })
      assert.deepStrictEqual(yield* queues.counts(queues.queueUrl), empty)
      assert.deepStrictEqual(yield* run(queues), dry)
    })
  )

  it.live("is completed by a second run after it broke between send and delete", () =>
    Effect.gen(function* () {
      const queues = yield* localQueues
      yield* Effect.forEach([1, 1, 2], (request) => queues.bury(healthy(request)))
      const broken = {
        queue: queues.queue,
        deadLetters: breaking(queues.deadLetters, DeleteMessageCommand)
      }
      assert.instanceOf(yield* Effect.flip(run(broken)), ServiceRejected)
      assert.isAtLeast((yield* queues.counts(queues.queueUrl)).visible, 1)
      assert.deepStrictEqual(yield* queues.counts(queues.deadLettersUrl), { ...empty, visible: 3 })
      assert.strictEqual((yield* run(queues)).redriven, 3)
      assert.deepStrictEqual(yield* queues.counts(queues.queueUrl), { ...empty, visible: 3 })
      assert.deepStrictEqual(yield* queues.counts(queues.deadLettersUrl), empty)
    })
  )

  it.live("keeps a dead letter that the main queue refuses", () =>
    Effect.gen(function* () {
      const queues = yield* localQueues
      yield* queues.bury(healthy(1))
      const refusing = breaking(queues.queue, SendMessageCommand)
      yield* Effect.flip(run({ queue: refusing, deadLetters: queues.deadLetters }))
      assert.deepStrictEqual(yield* queues.counts(queues.deadLettersUrl), { ...empty, visible: 1 })
    })
  )
})
