import { PriorityQueue } from "../../local/sqs/PriorityQueue.ts"

interface Entry {
  action: (() => void) | undefined
}

/**
 * Virtual time: what is to happen, and when. Nothing passes but from one entry to the next, so a
 * week takes as long as what happens in it. Entries of the same time come in an order of their own,
 * the same in every run.
 */
export class Agenda {
  #now: number
  readonly #entries = new PriorityQueue<Entry>()

  constructor(startAt: number) {
    this.#now = startAt
  }

  get now(): number {
    return this.#now
  }

  /** Gives the way to cross it out again. */
  at(time: number, action: () => void): () => void {
    const entry: Entry = { action }
    this.#entries.push(Math.max(time, this.#now), entry)
    return () => {
      entry.action = undefined
    }
  }

  after(millis: number, action: () => void): () => void {
    return this.at(this.#now + millis, action)
  }

  /** Lives through everything, also through what is entered on the way, until nothing is left. */
  run(): void {
    for (let next = this.#entries.pop(); next !== undefined; next = this.#entries.pop()) {
      const { action } = next.item
      if (action === undefined) continue
      this.#now = next.key
      action()
    }
  }
}
