export const deduplicationMillis = 5 * 60 * 1000

/** The first message with a deduplication id; repeats are answered with its identity. */
export interface Original {
  readonly messageId: string
  readonly sequence: number
  readonly expiresAt: number
}

/**
 * Remembers deduplication ids for five minutes from the first send, also after the message is
 * deleted. It forgets a whole generation at once, which is free per message.
 */
export class Deduplication {
  #young = new Map<string, Original>()
  #old = new Map<string, Original>()
  #turnsAt = Number.NEGATIVE_INFINITY

  find(now: number, key: string): Original | undefined {
    const original = this.#young.get(key) ?? this.#old.get(key)
    return original !== undefined && original.expiresAt > now ? original : undefined
  }

  /** True when a generation was dropped: ids that expire at or before `now` may be forgotten. */
  remember(now: number, key: string, original: Original): boolean {
    const turns = now >= this.#turnsAt
    if (turns) {
      this.#old = this.#young
      this.#young = new Map()
      this.#turnsAt = now + deduplicationMillis
    }
    this.#young.set(key, original)
    return turns
  }
}
