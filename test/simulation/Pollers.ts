import type { FaultyStore } from "./FaultyStore.ts"
import { Invocation } from "./Invocation.ts"
import type { Queues } from "./Queues.ts"
import type { World } from "./World.ts"

/** Lambda's pollers, each with at most one batch in flight; a dead one is replaced. */
export class Pollers {
  readonly #world: World
  readonly #queues: Queues
  readonly #store: FaultyStore
  #idle: number
  #looksAt = Number.POSITIVE_INFINITY

  constructor(world: World, queues: Queues, store: FaultyStore) {
    this.#world = world
    this.#queues = queues
    this.#store = store
    this.#idle = world.history.pollers
    queues.onChange = () => this.#lookAt(world.agenda.now + world.chance.whole(0, 50))
  }

  #lookAt(time: number): void {
    if (time >= this.#looksAt) return
    this.#looksAt = time
    this.#world.agenda.at(time, () => {
      // an earlier look may have come in between, and has seen to the next
      if (this.#looksAt !== time) return
      this.#looksAt = Number.POSITIVE_INFINITY
      this.#look()
    })
  }

  #look(): void {
    const { chance, deployment } = this.#world
    while (this.#idle > 0) {
      const max = chance.chance(0.8) ? deployment.batchSize : chance.whole(1, deployment.batchSize)
      const messages = this.#queues.receive(max)
      if (messages.length === 0) break
      this.#idle -= 1
      const onEnd = () => {
        this.#idle += 1
        this.#lookAt(this.#world.agenda.now)
      }
      const [world, queues, store] = [this.#world, this.#queues, this.#store]
      new Invocation({ world, queues, store, messages, onEnd }).start()
    }
    const next = this.#queues.nextReadyAt()
    if (this.#idle > 0 && next < Number.POSITIVE_INFINITY) this.#lookAt(next)
  }
}
