import { deduplicationMillis } from "./Deduplication.ts"
import type { Message } from "./Message.ts"

interface Attempt {
  readonly expiresAt: number
  readonly received: ReadonlyArray<{
    readonly message: Message
    readonly receiveCount: number
    readonly visibleAt: number
  }>
}

/**
 * Answers a repeated ReceiveRequestAttemptId with the first one's batch while that is unchanged. A
 * restart forgets it: the batch returns when its visibility timeout ends.
 */
export class ReceiveAttempts {
  readonly #attempts = new Map<string, Attempt>()

  find(now: number, id: string): ReadonlyArray<Message> | undefined {
    const attempt = this.#attempts.get(id)
    if (attempt === undefined || attempt.expiresAt <= now) return undefined
    const isUntouched = attempt.received.every(
      ({ message, receiveCount, visibleAt }) =>
        !message.gone &&
        message.receiveCount === receiveCount &&
        message.visibleAt === visibleAt &&
        visibleAt > now
    )
    return isUntouched ? attempt.received.map(({ message }) => message) : undefined
  }

  remember(now: number, id: string, batch: ReadonlyArray<Message>): void {
    for (const [known, attempt] of this.#attempts) {
      if (attempt.expiresAt <= now) this.#attempts.delete(known)
    }
    const received = batch.map((message) => ({
      message,
      receiveCount: message.receiveCount,
      visibleAt: message.visibleAt
    }))
    if (batch.length > 0) {
      this.#attempts.set(id, { expiresAt: now + deduplicationMillis, received })
    }
  }
}
