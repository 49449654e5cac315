import * as Result from "effect/Result"
import { FifoQueue, type Journal } from "../../local/sqs/FifoQueue.ts"
import type { Message } from "../../local/sqs/Message.ts"
import { decodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import type { Redrive } from "./History.ts"
import { checkDeadLetter } from "./invariants/deadLetter.ts"
import type { Accepted, Parcel } from "./Parcel.ts"
import type { Sending } from "./Sending.ts"
import type { World } from "./World.ts"

/** The queue is gone with its history, so that its changes need not be kept. */
const deaf: Journal = {
  added: () => undefined,
  changed: () => undefined,
  removed: () => undefined,
  remembered: () => undefined,
  forgotten: () => undefined
}

/** The queue and its dead-letter queue: the state machines of `local/sqs`, with their books. */
export class Queues {
  readonly #world: World
  readonly #events: FifoQueue
  readonly #deadLetters: FifoQueue
  readonly #parcels = new Map<string, Parcel>()
  readonly accepted: Array<Accepted> = []
  #ids = 0
  #sequence = 0
  /** Called whenever a receive may find more than before. */
  onChange: () => void = () => undefined

  constructor(world: World) {
    const { deadLetters, queue } = world.deployment
    const mint = { sequence: () => ++this.#sequence, messageId: () => this.#newId() }
    this.#world = world
    this.#events = new FifoQueue("events.fifo", queue, mint, deaf)
    this.#deadLetters = new FifoQueue("dead-letters.fifo", deadLetters, mint, deaf)
  }

  #newId(): string {
    this.#ids += 1
    return `m${this.#ids}`
  }

  /** False when the queue recognised a repeat, which it accepts and drops. */
  send({ body, deduplicationId, faults, group, name }: Omit<Sending, "at">): boolean {
    const { agenda, chronicle } = this.#world
    const draft = { group, body, deduplicationId, attributes: {}, traceHeader: undefined }
    const { messageId } = Result.getOrThrow(this.#events.send(agenda.now, draft))
    if (this.#parcels.has(messageId)) {
      this.#world.count("events: repeat within five minutes")
      return false
    }
    const event = Result.getOrUndefined(decodeMessage(body))
    const accepted = { name, group, body, event, wasDeadLettered: false }
    this.accepted.push(accepted)
    this.#parcels.set(messageId, { accepted, deliveries: 0, strikes: [] })
    chronicle.tell(`sent ${name} as ${messageId}`)
    for (const fault of faults) this.#world.count(fault)
    this.onChange()
    return true
  }

  parcel({ id }: Message): Parcel {
    const parcel = this.#parcels.get(id)
    if (parcel === undefined) throw new Error(`nobody sent ${id}`)
    return parcel
  }

  /** Receives a batch, and moves messages that were received too often to the dead-letter queue. */
  receive(max: number, attemptId?: string): ReadonlyArray<Message> {
    const { now } = this.#world.agenda
    const ask = { max, visibilityTimeoutSeconds: undefined, attemptId, redrives: true }
    const { delivered, exhausted } = this.#events.receive(now, ask)
    for (const message of exhausted) {
      const parcel = this.parcel(message)
      this.#world.count("dead letters: dead-lettered")
      checkDeadLetter(this.#world.chronicle, parcel)
      parcel.accepted.wasDeadLettered = true
      this.#deadLetters.accept(now, message, message.id, this.#events.name)
    }
    // an attempt that is repeated is no new delivery
    for (const message of delivered) this.parcel(message).deliveries = message.receiveCount
    return delivered
  }

  /** False when the message had become visible again, so that somebody else may have it. */
  acknowledge(handle: string): boolean {
    return Result.isSuccess(this.#events.delete(this.#world.agenda.now, handle))
  }

  nextReadyAt(): number {
    return this.#events.nextReadyAt(this.#world.agenda.now)
  }

  get waiting(): number {
    const { delayed, inFlight, visible } = this.#events.counts(this.#world.agenda.now)
    return delayed + inFlight + visible
  }

  get deadLetters(): ReadonlyArray<Accepted> {
    return this.#deadLetters
      .movable(this.#world.agenda.now)
      .map((message) => this.parcel(message).accepted)
  }

  /** Puts dead letters back; a redrive that is cut short leaves the rest, or copies behind. */
  redrive(how: Redrive["how"]): void {
    const { now } = this.#world.agenda
    const all = this.#deadLetters.movable(now)
    const moved = how === "interrupted" ? all.slice(0, Math.ceil(all.length / 2)) : all
    if (all.length > 0) this.#world.count("dead letters: redriven")
    if (moved.length < all.length) this.#world.count("dead letters: redrive interrupted")
    if (how === "twice" && all.length > 0) this.#world.count("dead letters: redriven twice")
    for (const message of moved) {
      if (how === "twice") this.#putBack(now, message)
      this.#deadLetters.take(now, message)
      this.#putBack(now, message)
    }
    this.onChange()
  }

  /** The operator's last redrive: every dead letter that is an event gets another chance. */
  redriveEvents(): void {
    const { now } = this.#world.agenda
    for (const message of this.#deadLetters.movable(now)) {
      if (this.parcel(message).accepted.event === undefined) continue
      this.#deadLetters.take(now, message)
      this.#putBack(now, message)
    }
    this.onChange()
  }

  #putBack(now: number, message: Message): void {
    const { accepted } = this.parcel(message)
    const id = this.#newId()
    this.#parcels.set(id, { accepted, deliveries: 0, strikes: [] })
    this.#world.chronicle.tell(`redrove ${accepted.name} as ${id}`)
    this.#events.accept(now, message, id, undefined)
  }
}
