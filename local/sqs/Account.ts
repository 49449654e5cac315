import * as Result from "effect/Result"
import { FifoQueue, type Journal, type ReceiveAsk } from "./FifoQueue.ts"
import type { Message } from "./Message.ts"
import { type QueueAttributes, rulesOf, withAttributes } from "./QueueAttributes.ts"
import { invalidValue, Rejection } from "./Rejection.ts"
import type { QueueRecord, Store } from "./Store.ts"

export const accountId = "000000000000"

export interface QueueEntry {
  readonly record: QueueRecord
  readonly queue: FifoQueue
}

interface AccountOptions {
  readonly store: Store
  readonly region: string
  readonly newId: () => string
  /**
   * Called after the commit with every queue that a command touched, so that its receivers look
   * again.
   */
  readonly touched: (queue: string) => void
}

const noSuchQueue = new Rejection({
  code: "QueueDoesNotExist",
  message: "The specified queue does not exist."
})

/**
 * All queues of the one local account, and the moves between them. State changes only inside `run`.
 */
export class Account {
  readonly store: Store
  readonly region: string
  readonly newId: () => string
  readonly #touched: (queue: string) => void
  readonly #queues = new Map<string, QueueEntry>()
  #touches = new Set<string>()
  #sequence = 0

  constructor(options: AccountOptions, now: number) {
    this.store = options.store
    this.region = options.region
    this.newId = options.newId
    this.#touched = options.touched
    this.#load(now)
  }

  #load(now: number): void {
    this.#queues.clear()
    this.#sequence = this.store.lastSequence()
    for (const record of this.store.queues()) this.#open(record)
    for (const message of this.store.messages()) {
      this.#queues.get(message.queue)?.queue.restoreMessage(now, message)
    }
    for (const { queue, key, original } of this.store.originals()) {
      this.#queues.get(queue)?.queue.restoreOriginal(now, key, original)
    }
  }

  #open(record: QueueRecord): void {
    const mint = { sequence: () => ++this.#sequence, messageId: this.newId }
    const queue = new FifoQueue(record.name, rulesOf(record.attributes), mint, this.#journal)
    this.#queues.set(record.name, { record, queue })
  }

  readonly #journal: Journal = {
    added: (message) => {
      this.store.added(message)
      this.#touches.add(message.queue)
    },
    changed: (message) => {
      this.store.changed(message)
      this.#touches.add(message.queue)
    },
    removed: (message) => {
      this.store.removed(message)
      this.#touches.add(message.queue)
    },
    remembered: (queue, key, original) => this.store.remembered(queue, key, original),
    forgotten: (queue, expiredAt) => this.store.forgotten(queue, expiredAt)
  }

  /**
   * One command, written before it is answered. When the store fails, memory is read again from
   * what it holds.
   */
  run<A>(now: number, command: () => A): A {
    try {
      return this.store.transaction(command)
    } catch (cause) {
      this.#load(now)
      throw cause
    } finally {
      const touches = this.#touches
      this.#touches = new Set()
      for (const queue of touches) this.#touched(queue)
    }
  }

  arn(name: string): string {
    return `arn:aws:sqs:${this.region}:${accountId}:${name}`
  }

  find(name: string): Result.Result<QueueEntry, Rejection> {
    const entry = this.#queues.get(name)
    return entry === undefined ? Result.fail(noSuchQueue) : Result.succeed(entry)
  }

  findByArn(arn: string): Result.Result<QueueEntry, Rejection> {
    const name = arn.slice(arn.lastIndexOf(":") + 1)
    return arn === this.arn(name) && this.#queues.has(name)
      ? this.find(name)
      : Result.fail(
          new Rejection({
            code: "ResourceNotFoundException",
            message: "The resource that you specified for the SourceArn parameter doesn't exist."
          })
        )
  }

  list(prefix = ""): ReadonlyArray<QueueEntry> {
    const names = [...this.#queues.keys()].filter((name) => name.startsWith(prefix)).sort()
    return names.flatMap((name) => this.#queues.get(name) ?? [])
  }

  /** The queues whose exhausted messages go to this one. */
  sources(arn: string): ReadonlyArray<QueueEntry> {
    return this.list().filter(({ queue }) => queue.rules.redrive?.deadLetterTargetArn === arn)
  }

  create(
    now: number,
    name: string,
    attributes: QueueAttributes,
    tags: Readonly<Record<string, string>>
  ): Result.Result<void, Rejection> {
    return Result.map(this.#merge(undefined, attributes), (merged) => {
      const record = { name, attributes: merged, tags, createdAt: now, modifiedAt: now }
      this.store.saveQueue(record)
      this.#open(record)
    })
  }

  change(now: number, entry: QueueEntry, change: QueueAttributes): Result.Result<void, Rejection> {
    return Result.map(this.#merge(entry.record.attributes, change), (attributes) => {
      this.#save(entry, { ...entry.record, attributes, modifiedAt: now })
      entry.queue.change(now, rulesOf(attributes))
    })
  }

  /** A dead-letter queue must exist when it is named, so that a slip of the pen shows at once. */
  #merge(
    known: QueueAttributes | undefined,
    change: QueueAttributes
  ): Result.Result<QueueAttributes, Rejection> {
    return Result.flatMap(withAttributes(known, change), (attributes) => {
      const target = rulesOf(attributes).redrive?.deadLetterTargetArn
      if (target === undefined || change.RedrivePolicy === undefined)
        return Result.succeed(attributes)
      const reason = "Dead letter target does not exist."
      const dangling = invalidValue("RedrivePolicy", change.RedrivePolicy, reason)
      return Result.match(this.findByArn(target), {
        onSuccess: () => Result.succeed(attributes),
        onFailure: () => Result.fail(dangling)
      })
    })
  }

  tag(entry: QueueEntry, tags: Readonly<Record<string, string>>): void {
    this.#save(entry, { ...entry.record, tags })
  }

  #save(entry: QueueEntry, record: QueueRecord): void {
    this.store.saveQueue(record)
    this.#queues.set(record.name, { ...entry, record })
    this.#touches.add(record.name)
  }

  delete(entry: QueueEntry): void {
    this.store.deleteQueue(entry.record.name)
    this.#queues.delete(entry.record.name)
    this.#touches.add(entry.record.name)
  }

  /** Exhausted messages reach the dead-letter queue in the same transaction in which they leave. */
  receive(
    now: number,
    { queue }: QueueEntry,
    ask: Omit<ReceiveAsk, "redrives">
  ): ReadonlyArray<Message> {
    const target = queue.rules.redrive?.deadLetterTargetArn
    const deadLetters =
      target === undefined ? undefined : Result.getOrUndefined(this.findByArn(target))
    const received = queue.receive(now, { ...ask, redrives: deadLetters !== undefined })
    for (const message of received.exhausted) {
      deadLetters?.queue.accept(now, message, message.id, this.arn(queue.name))
    }
    return received.delivered
  }
}
