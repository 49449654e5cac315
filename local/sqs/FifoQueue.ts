import * as Result from "effect/Result"
import { Deduplication, deduplicationMillis, type Original } from "./Deduplication.ts"
import type { Draft } from "./Message.ts"
import { isInFlight, type Message, parseReceipt, receiptExpired } from "./Message.ts"
import { contentDigest } from "./MessageContents.ts"
import { MessageGroups } from "./MessageGroups.ts"
import type { QueueRules } from "./QueueAttributes.ts"
import { QueueTally } from "./QueueCounts.ts"
import { ReceiveAttempts } from "./ReceiveAttempts.ts"
import { invalidParameter, invalidValue, Rejection } from "./Rejection.ts"

/** Gets every change that must outlive the process, in order; the queue itself holds no file. */
export interface Journal {
  readonly added: (message: Message) => void
  readonly changed: (message: Message) => void
  readonly removed: (message: Message) => void
  readonly remembered: (queue: string, key: string, original: Original) => void
  readonly forgotten: (queue: string, expiredAt: number) => void
}

/** Gives new messages their order and their identity. */
interface Mint {
  readonly sequence: () => number
  readonly messageId: () => string
}

export interface ReceiveAsk {
  readonly max: number
  readonly visibilityTimeoutSeconds: number | undefined
  readonly attemptId: string | undefined
  /** False while the dead-letter queue is missing: then all messages stay. */
  readonly redrives: boolean
}

interface Received {
  readonly delivered: ReadonlyArray<Message>
  /** Received too often and taken out; the caller puts them into the dead-letter queue. */
  readonly exhausted: ReadonlyArray<Message>
}

/**
 * One SQS FIFO queue as a state machine without clock, file and wire. Every method takes the time,
 * which must not fall. Steps cost O(log n), except counting and
 * changes of the rules.
 */
export class FifoQueue {
  readonly name: string
  readonly #journal: Journal
  readonly #mint: Mint
  #rules: QueueRules
  readonly #messages = new Map<number, Message>()
  readonly #groups: MessageGroups
  readonly #deduplication = new Deduplication()
  readonly #attempts = new ReceiveAttempts()
  /** A lower bound of the time at which the oldest message reaches the end of its retention. */
  #expiresFrom = Number.POSITIVE_INFINITY
  readonly tally = new QueueTally()

  constructor(name: string, rules: QueueRules, mint: Mint, journal: Journal) {
    this.name = name
    this.#rules = rules
    this.#mint = mint
    this.#journal = journal
    this.#groups = new MessageGroups(rules.delayMillis)
  }

  get rules(): QueueRules {
    return this.#rules
  }

  change(now: number, rules: QueueRules): void {
    this.#rules = rules
    this.#expiresFrom = now
    this.#groups.delay(now, rules.delayMillis)
  }

  restoreMessage(now: number, message: Message): void {
    this.#messages.set(message.sequence, message)
    this.#expiresFrom = Math.min(this.#expiresFrom, message.sentAt + this.#rules.retentionMillis)
    this.#groups.add(now, message)
  }

  restoreOriginal(now: number, key: string, original: Original): void {
    this.#deduplication.remember(now, key, original)
  }

  /** Accepts a repeat within five minutes with the original's identity, but never delivers it. */
  send(now: number, draft: Draft): Result.Result<Original, Rejection> {
    const content = this.#rules.contentBasedDeduplication ? contentDigest(draft.body) : undefined
    const deduplicationId = draft.deduplicationId ?? content
    if (deduplicationId === undefined) {
      const either = "have ContentBasedDeduplication enabled or MessageDeduplicationId provided"
      return Result.fail(invalidParameter(`The queue should either ${either} explicitly`))
    }
    const key = `${this.#rules.deduplicationPerGroup ? draft.group : ""} ${deduplicationId}`
    const known = this.#deduplication.find(now, key)
    this.tally.add(known ? "NumberOfDeduplicatedSentMessages" : "NumberOfMessagesSent")
    if (known !== undefined) return Result.succeed(known)
    const message = this.#place(now, this.#mint.messageId(), {
      ...draft,
      deduplicationId,
      deadLetterSource: undefined
    })
    const expiresAt = now + deduplicationMillis
    const original = { messageId: message.id, sequence: message.sequence, expiresAt }
    const forgets = this.#deduplication.remember(now, key, original)
    if (forgets) this.#journal.forgotten(this.name, now)
    this.#journal.remembered(this.name, key, original)
    return Result.succeed(original)
  }

  /** Takes a message from another queue as newly sent; deduplication does not apply. */
  accept(now: number, message: Message, id: string, deadLetterSource: string | undefined): void {
    this.#place(now, id, { ...message, deduplicationId: message.id, deadLetterSource })
  }

  #place(
    now: number,
    id: string,
    content: Draft & Pick<Message, "deduplicationId" | "deadLetterSource">
  ): Message {
    const { group, deduplicationId, body, attributes, traceHeader, deadLetterSource } = content
    const message: Message = {
      sequence: this.#mint.sequence(),
      queue: this.name,
      id,
      group,
      deduplicationId,
      body,
      attributes,
      traceHeader,
      sentAt: now,
      deadLetterSource,
      receiveCount: 0,
      firstReceivedAt: undefined,
      visibleAt: now,
      gone: false
    }
    this.restoreMessage(now, message)
    this.#journal.added(message)
    return message
  }

  /** Takes the oldest groups first, in their order, and never a group that is in flight. */
  receive(now: number, ask: ReceiveAsk): Received {
    this.#expire(now)
    const seconds = ask.visibilityTimeoutSeconds ?? this.#rules.visibilityTimeoutSeconds
    const visibleAt = now + seconds * 1000
    const { attemptId } = ask
    const repeated = attemptId === undefined ? undefined : this.#attempts.find(now, attemptId)
    if (repeated !== undefined) for (const message of repeated) this.#hide(now, message, visibleAt)
    const received = repeated
      ? { delivered: repeated, exhausted: [] }
      : this.#batch(now, ask, visibleAt)
    this.tally.add("NumberOfMessagesReceived", received.delivered.length)
    if (attemptId !== undefined) this.#attempts.remember(now, attemptId, received.delivered)
    return received
  }

  #batch(now: number, ask: ReceiveAsk, visibleAt: number): Received {
    const delivered: Array<Message> = []
    const exhausted: Array<Message> = []
    const limit = ask.redrives ? this.#rules.redrive?.maxReceiveCount : undefined
    const touched = []
    while (delivered.length < ask.max) {
      const group = this.#groups.takeReady(now)
      if (group === undefined) break
      touched.push(group)
      for (const message of group.line) {
        if (delivered.length === ask.max || message.sentAt + this.#rules.delayMillis > now) break
        if (limit !== undefined && message.receiveCount >= limit) {
          this.#drop(message)
          exhausted.push(message)
          continue
        }
        message.receiveCount++
        message.firstReceivedAt ??= now
        message.visibleAt = visibleAt
        this.#journal.changed(message)
        group.inFlight.add(message)
        delivered.push(message)
      }
    }
    for (const group of touched) this.#groups.schedule(now, group)
    return { delivered, exhausted }
  }

  /** Succeeds when the message is deleted already, but not with an expired handle. */
  delete(now: number, handle: string): Result.Result<void, Rejection> {
    return Result.flatMap(parseReceipt(this.name, handle), (receipt) => {
      const message = this.#messages.get(receipt.sequence)
      if (message === undefined) return Result.void
      if (message.receiveCount !== receipt.receiveCount || !isInFlight(message, now)) {
        return Result.fail(receiptExpired(handle))
      }
      this.take(now, message)
      this.tally.add("NumberOfMessagesDeleted")
      return Result.void
    })
  }

  changeVisibility(now: number, handle: string, seconds: number): Result.Result<void, Rejection> {
    return Result.flatMap(parseReceipt(this.name, handle), (receipt) => {
      const message = this.#messages.get(receipt.sequence)
      if (message === undefined) {
        const reason = "Message does not exist or is not available for visibility timeout change."
        return Result.fail(invalidValue("ReceiptHandle", handle, reason))
      }
      if (message.receiveCount !== receipt.receiveCount || !isInFlight(message, now)) {
        const text = `Value ${handle} for parameter ReceiptHandle is not in flight.`
        return Result.fail(new Rejection({ code: "MessageNotInflight", message: text }))
      }
      this.#hide(now, message, now + seconds * 1000)
      return Result.void
    })
  }

  /** Takes a message out of the queue for good. */
  take(now: number, message: Message): void {
    this.#drop(message)
    this.#reschedule(now, message)
  }

  /** Messages that no receiver holds and no held message precedes. */
  movable(now: number): ReadonlyArray<Message> {
    this.#expire(now)
    return [...this.#messages.values()].filter((message) => {
      const group = this.#groups.of(message)
      return group !== undefined && ![...group.inFlight].some((held) => isInFlight(held, now))
    })
  }

  counts(now: number): { visible: number; inFlight: number; delayed: number } {
    this.#expire(now)
    const counts = { visible: 0, inFlight: 0, delayed: 0 }
    for (const message of this.#messages.values()) {
      const isDelayed = message.sentAt + this.#rules.delayMillis > now
      counts[isInFlight(message, now) ? "inFlight" : isDelayed ? "delayed" : "visible"]++
    }
    return counts
  }

  /** The earliest time at which a receive may find a message without another command. */
  nextReadyAt(now: number): number {
    return this.#groups.nextReadyAt(now)
  }

  #hide(now: number, message: Message, visibleAt: number): void {
    message.visibleAt = visibleAt
    this.#journal.changed(message)
    this.#reschedule(now, message)
  }

  #drop(message: Message): void {
    message.gone = true
    this.#messages.delete(message.sequence)
    this.#journal.removed(message)
  }

  #reschedule(now: number, message: Message): void {
    const group = this.#groups.of(message)
    if (group !== undefined) this.#groups.schedule(now, group)
  }

  #expire(now: number): void {
    if (now < this.#expiresFrom) return
    this.#expiresFrom = Number.POSITIVE_INFINITY
    for (const message of this.#messages.values()) {
      this.#expiresFrom = message.sentAt + this.#rules.retentionMillis
      if (this.#expiresFrom > now) return
      this.#expiresFrom = Number.POSITIVE_INFINITY
      this.take(now, message)
    }
  }
}
