import { PriorityQueue } from "../../local/sqs/PriorityQueue.ts"

interface Appointment {
  action: (() => void) | undefined
}

const actionsMax = 100_000

/**
 * Virtual time: actions, each with its time. Time jumps from one action to the next, so that a week
 * takes no longer than its actions do. Actions of the same time run in the same order every time.
 */
export class Agenda {
  #now: number
  #actions = 0
  readonly #appointments = new PriorityQueue<Appointment>()

  constructor(startAt: number) {
    this.#now = startAt
  }

  get now(): number {
    return this.#now
  }

  /** Returns a function that crosses the action out again. */
  at(time: number, action: () => void): () => void {
    const appointment: Appointment = { action }
    this.#appointments.push(Math.max(time, this.#now), appointment)
    return () => {
      appointment.action = undefined
    }
  }

  after(millis: number, action: () => void): () => void {
    return this.at(this.#now + millis, action)
  }

  /** True once more actions were run than any history has that comes to an end. */
  get isEndless(): boolean {
    return this.#actions > actionsMax
  }

  /** Runs every action, also those that are entered on the way. */
  run(): void {
    for (let next = this.#appointments.pop(); next !== undefined; next = this.#appointments.pop()) {
      const { action } = next.item
      if (action === undefined) continue
      if (this.isEndless) return
      this.#actions += 1
      this.#now = next.key
      action()
    }
  }
}
