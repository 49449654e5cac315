/**
 * Random histories of one queue and its dead-letter queue against a plain model, with restarts: both
 * queues are read from their store again at any moment.
 */
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type Message, parseReceipt, receiptHandle } from "../../../local/sqs/Message.ts"
import { Queues } from "../../../local/sqs/Queues.ts"
import { Store } from "../../../local/sqs/Store.ts"

const upTo = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum }))

const Step = Schema.Union([
  Schema.Struct({ do: Schema.Literal("send"), group: upTo(2), id: upTo(30) }),
  Schema.Struct({ do: Schema.Literal("send"), group: upTo(2), id: upTo(1000) }),
  Schema.Struct({ do: Schema.Literal("receive"), max: upTo(4), seconds: upTo(20) }),
  Schema.Struct({ do: Schema.Literal("receive"), max: upTo(4), seconds: upTo(2) }),
  Schema.Struct({ do: Schema.Literal("delete"), nth: upTo(5) }),
  Schema.Struct({ do: Schema.Literal("hide"), nth: upTo(5), seconds: upTo(20) }),
  Schema.Struct({ do: Schema.Literal("wait"), seconds: upTo(10) }),
  Schema.Struct({ do: Schema.Literal("restart") })
])
type Step = typeof Step.Type
const History = Schema.Array(Step).check(Schema.isMinLength(40), Schema.isMaxLength(120))

const maxReceiveCount = 3

class World {
  readonly store = new Store(undefined)
  now = 1_000_000
  queues: Queues
  ids = 0
  /** The model: the receives of each message that is still in the source. */
  readonly alive = new Map<
    number,
    { readonly group: string; received: number; heldUntil: number }
  >()
  readonly handles: Array<string> = []
  sent = 0
  deleted = 0
  dead = 0

  constructor() {
    this.queues = this.open()
    const redrive = { deadLetterTargetArn: this.queues.arn("dead.fifo"), maxReceiveCount }
    const attributes = { FifoQueue: "true", RedrivePolicy: JSON.stringify(redrive) }
    this.queues.run(this.now, () => {
      Result.getOrThrow(this.queues.create(this.now, "dead.fifo", { FifoQueue: "true" }))
      Result.getOrThrow(this.queues.create(this.now, "source.fifo", attributes))
    })
  }

  open(): Queues {
    const newId = () => `id-${this.ids++}`
    const options = { store: this.store, region: "eu-west-1", newId, touched: () => undefined }
    return new Queues(options, this.now)
  }

  entry(name: string) {
    return Result.getOrThrow(this.queues.find(name))
  }

  send(group: string, id: string): void {
    const draft = { group, deduplicationId: id, body: id, attributes: {}, traceHeader: undefined }
    const { queue } = this.entry("source.fifo")
    const before = this.total("source.fifo")
    const sent = Result.getOrThrow(this.queues.run(this.now, () => queue.send(this.now, draft)))
    if (this.total("source.fifo") === before) return
    this.alive.set(sent.sequence, { group, received: 0, heldUntil: 0 })
    this.sent++
  }

  receive(max: number, seconds: number): void {
    const source = this.entry("source.fifo")
    const held = new Set(
      [...this.alive.values()]
        .filter(({ heldUntil }) => heldUntil > this.now)
        .map(({ group }) => group)
    )
    const batch = this.queues.run(this.now, () =>
      this.queues.receive(this.now, source, {
        max,
        visibilityTimeoutSeconds: seconds,
        attemptId: undefined
      })
    )
    for (const [sequence, known] of this.alive) {
      if (this.stored(sequence) === undefined) {
        assert.isAtLeast(known.received, maxReceiveCount)
        this.alive.delete(sequence)
        this.dead++
      }
    }
    for (const message of batch) {
      this.delivered(message, held, batch)
      this.alive.get(message.sequence)!.heldUntil = this.now + seconds * 1000
    }
  }

  delivered(message: Message, held: ReadonlySet<string>, batch: ReadonlyArray<Message>): void {
    const known = this.alive.get(message.sequence)
    assert.isDefined(known)
    known!.received++
    assert.strictEqual(message.receiveCount, known!.received)
    assert.isFalse(held.has(message.group), "a second batch of a group in flight")
    const earlier = [...this.alive].filter(
      ([sequence, other]) => other.group === message.group && sequence < message.sequence
    )
    const together = batch.slice(0, batch.indexOf(message)).map(({ sequence }) => sequence)
    for (const [sequence] of earlier) assert.include(together, sequence, "out of order")
    this.handles.push(receiptHandle(message))
  }

  delete(nth: number): void {
    const { queue } = this.entry("source.fifo")
    const handle = this.handles.at(-1 - nth)
    if (handle === undefined) return
    this.queues.run(this.now, () => queue.delete(this.now, handle))
    for (const sequence of this.alive.keys()) {
      if (this.stored(sequence) !== undefined) continue
      this.alive.delete(sequence)
      this.deleted++
    }
  }

  hide(nth: number, seconds: number): void {
    const { queue } = this.entry("source.fifo")
    const handle = this.handles.at(-1 - nth)
    if (handle === undefined) return
    const hidden = this.queues.run(this.now, () =>
      queue.changeVisibility(this.now, handle, seconds)
    )
    const receipt = Result.getOrThrow(parseReceipt("source.fifo", handle))
    const known = this.alive.get(receipt.sequence)
    if (Result.isFailure(hidden) || known === undefined) return
    known.heldUntil = this.now + seconds * 1000
  }

  messages(queue: string): ReadonlyArray<Message> {
    return [...this.store.messages()].filter((message) => message.queue === queue)
  }

  stored(sequence: number): Message | undefined {
    return this.messages("source.fifo").find((message) => message.sequence === sequence)
  }

  total(name: string): number {
    const { visible, inFlight, delayed } = this.entry(name).queue.counts(this.now)
    return visible + inFlight + delayed
  }

  /** Receives and deletes all remaining messages, in a limited number of rounds. */
  drain(): void {
    for (let round = 0; this.alive.size > 0; round++) {
      assert.isBelow(round, 1000, "a message that nobody receives")
      this.now += 60_000
      const before = this.handles.length
      this.receive(10, 30)
      for (let nth = this.handles.length - before - 1; nth >= 0; nth--) this.delete(nth)
    }
  }

  step(step: Step): void {
    if (step.do === "send") this.send(`g${step.group}`, `d${step.id}`)
    else if (step.do === "receive") this.receive(1 + step.max, step.seconds)
    else if (step.do === "delete") this.delete(step.nth)
    else if (step.do === "hide") this.hide(step.nth, step.seconds)
    else if (step.do === "wait") this.now += step.seconds * 1000
    else this.queues = this.open()
  }
}

it.effect.prop(
  "every message is received in order, by one batch of its group at a time, until deleted or dead",
  [History],
  ([history]) =>
    Effect.sync(() => {
      const world = new World()
      for (const step of history) {
        world.step(step)
        assert.strictEqual(world.total("source.fifo"), world.alive.size)
        assert.strictEqual(world.total("dead.fifo"), world.dead)
        assert.strictEqual(world.messages("source.fifo").length, world.alive.size)
      }
      world.drain()
      assert.strictEqual(world.sent, world.deleted + world.dead)
      assert.strictEqual(world.total("dead.fifo"), world.dead)
      world.store.close()
    }),
  { arbitrary: { runs: 200 }, timeout: 60_000 }
)
