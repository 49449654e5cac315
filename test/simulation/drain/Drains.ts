import type { Machines } from "../Handling.ts"
import { DrainRun } from "./DrainRun.ts"

const minuteMs = 60_000

/** EventBridge fires within a minute; so late is usual. */
const usualDelayMs = 5000

/** The schedule that drains the queue. Firings that would find an empty queue are left out. */
export class Drains {
  readonly #machines: Machines
  readonly #running = new Set<DrainRun>()
  #firesAt = Number.POSITIVE_INFINITY

  constructor(machines: Machines) {
    this.#machines = machines
    machines.world.count("drain: history of drains")
    machines.queues.onChange = () => this.#expect(machines.world.agenda.now)
  }

  /** Enters the next firing after that time, unless an earlier one is entered. */
  #expect(time: number): void {
    const { agenda } = this.#machines.world
    const firesAt = (Math.floor(Math.max(time, agenda.now) / minuteMs) + 1) * minuteMs
    if (firesAt >= this.#firesAt) return
    this.#firesAt = firesAt
    agenda.at(firesAt, () => {
      if (this.#firesAt !== firesAt) return
      this.#firesAt = Number.POSITIVE_INFINITY
      this.#fire()
      this.#expectMore()
    })
  }

  #expectMore(): void {
    const next = this.#machines.queues.nextReadyAt()
    if (next < Number.POSITIVE_INFINITY) this.#expect(next)
  }

  #fire(): void {
    const { world } = this.#machines
    const { drainBeginsLate, firedTwice, firingLost } = world.history.weather
    if (world.strikes(firingLost)) {
      world.count("drain: firing lost")
      return
    }
    const isLate = world.strikes(drainBeginsLate)
    if (isLate) world.count("drain: began late")
    const delayMs = world.chance.whole(1, isLate ? 5 * minuteMs : usualDelayMs)
    this.#startAfter(delayMs)
    if (!world.strikes(firedTwice)) return
    world.count("drain: fired twice at once")
    this.#startAfter(delayMs + world.chance.pick([0, 10, 2000]))
  }

  #received(): void {
    const busy = [...this.#running].filter(({ isBusy }) => isBusy)
    if (busy.length > 1) this.#machines.world.count("drain: two runs with messages at once")
  }

  #startAfter(ms: number): void {
    this.#machines.world.agenda.after(ms, () => {
      const run: DrainRun = new DrainRun(this.#machines, {
        received: () => this.#received(),
        ended: () => {
          this.#running.delete(run)
          this.#expectMore()
        }
      })
      this.#running.add(run)
      run.start()
    })
  }
}
