import * as Result from "effect/Result"
import { FifoQueue, type Journal, type ReceiveAsk } from "./FifoQueue.ts"
import type { Message } from "./Message.ts"
import { type QueueAttributes, rulesOf, withAttributes } from "./QueueAttributes.ts"
import { invalidValue, Rejection } from "./Rejection.ts"
import type { QueueRecord, Store } from "./Store.ts"

export const accountId = "000000000000"

export interface OpenQueue {
  readonly record: QueueRecord
  readonly queue: FifoQueue
}

interface QueuesOptions {
  readonly store: Store
  readonly region: string
  readonly newId: () => string
  /** Called after the commit with every queue that a command changed: receivers look again. */
  readonly touched: (queue: string) => void
}

/** All queues of one server, and the moves to their dead letters. State changes only in `run`. */
export class Queues {
  readonly #options: QueuesOptions
  readonly #store: Store
  readonly #queues = new Map<string, OpenQueue>()
  #touches = new Set<string>()
  #sequence = 0

  constructor(options: QueuesOptions, now: number) {
    this.#options = options
    this.#store = options.store
    this.#load(now)
  }

  #load(now: number): void {
    this.#queues.clear()
    this.#sequence = this.#store.lastSequence()
    for (const record of this.#store.queues()) this.#open(record)
    for (const message of this.#store.messages()) {
      this.#queues.get(message.queue)?.queue.restoreMessage(now, message)
    }
    for (const { queue, key, original } of this.#store.originals()) {
      this.#queues.get(queue)?.queue.restoreOriginal(now, key, original)
    }
  }

  #open(record: QueueRecord): void {
    const mint = { sequence: () => ++this.#sequence, messageId: this.#options.newId }
    const queue = new FifoQueue(record.name, rulesOf(record.attributes), mint, this.#journal)
    this.#queues.set(record.name, { record, queue })
  }

  readonly #writing = (write: (message: Message) => void) => (message: Message) => {
    write(message)
    this.#touches.add(message.queue)
  }

  readonly #journal: Journal = {
    added: this.#writing((message) => this.#store.added(message)),
    changed: this.#writing((message) => this.#store.changed(message)),
    removed: this.#writing((message) => this.#store.removed(message)),
    remembered: (queue, key, original) => this.#store.remembered(queue, key, original),
    forgotten: (queue, expiredAt) => this.#store.forgotten(queue, expiredAt)
  }

  /** Writes one command before it is answered; when the store fails, reads memory again from it. */
  run<A>(now: number, command: () => A): A {
    try {
      return this.#store.transaction(command)
    } catch (cause) {
      this.#load(now)
      throw cause
    } finally {
      const touches = this.#touches
      this.#touches = new Set()
      for (const queue of touches) this.#options.touched(queue)
    }
  }

  arn(name: string): string {
    return `arn:aws:sqs:${this.#options.region}:${accountId}:${name}`
  }

  find(name: string): Result.Result<OpenQueue, Rejection> {
    const open = this.#queues.get(name)
    const message = "The specified queue does not exist."
    return open === undefined
      ? Result.fail(new Rejection({ code: "QueueDoesNotExist", message }))
      : Result.succeed(open)
  }

  #deadLettersOf(target: string | undefined): FifoQueue | undefined {
    const name = target?.slice(target.lastIndexOf(":") + 1) ?? ""
    return target === this.arn(name) ? this.#queues.get(name)?.queue : undefined
  }

  list(prefix = ""): ReadonlyArray<OpenQueue> {
    const names = [...this.#queues.keys()].filter((name) => name.startsWith(prefix)).sort()
    return names.flatMap((name) => this.#queues.get(name) ?? [])
  }

  create(now: number, name: string, attributes: QueueAttributes): Result.Result<void, Rejection> {
    return Result.map(this.#merge(undefined, attributes), (merged) => {
      const record = { name, attributes: merged, createdAt: now, modifiedAt: now }
      this.#store.saveQueue(record)
      this.#open(record)
    })
  }

  change(now: number, open: OpenQueue, change: QueueAttributes): Result.Result<void, Rejection> {
    return Result.map(this.#merge(open.record.attributes, change), (attributes) => {
      const record = { ...open.record, attributes, modifiedAt: now }
      this.#store.saveQueue(record)
      this.#queues.set(record.name, { ...open, record })
      this.#touches.add(record.name)
      open.queue.change(now, rulesOf(attributes))
    })
  }

  /** A dead-letter queue must exist when it is named, so that a mistyped name shows at once. */
  #merge(
    known: QueueAttributes | undefined,
    change: QueueAttributes
  ): Result.Result<QueueAttributes, Rejection> {
    return Result.flatMap(withAttributes(known, change), (attributes) => {
      const policy = change.RedrivePolicy
      const target = rulesOf(attributes).redrive?.deadLetterTargetArn
      return policy === undefined || target === undefined || this.#deadLettersOf(target)
        ? Result.succeed(attributes)
        : Result.fail(invalidValue("RedrivePolicy", policy, "Dead letter target does not exist."))
    })
  }

  delete({ record: { name } }: OpenQueue): void {
    this.#store.deleteQueue(name)
    this.#queues.delete(name)
    this.#touches.add(name)
  }

  /** Exhausted messages reach the dead-letter queue in the same transaction in which they leave. */
  receive(
    now: number,
    { queue }: OpenQueue,
    ask: Omit<ReceiveAsk, "redrives">
  ): ReadonlyArray<Message> {
    const deadLetters = this.#deadLettersOf(queue.rules.redrive?.deadLetterTargetArn)
    const received = queue.receive(now, { ...ask, redrives: deadLetters !== undefined })
    for (const message of received.exhausted) {
      deadLetters?.accept(now, message, message.id, this.arn(queue.name))
    }
    return received.delivered
  }
}
