import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"

/** One bell per queue. Ask for the next ring before you look at the queue, or you may miss it. */
export class Bells {
  readonly #bells = new Map<string, Deferred.Deferred<void>>()

  next(queue: string): Effect.Effect<void> {
    const known = this.#bells.get(queue)
    const bell = known ?? Deferred.makeUnsafe<void>()
    if (known === undefined) this.#bells.set(queue, bell)
    return Deferred.await(bell)
  }

  ring(queue: string): void {
    const bell = this.#bells.get(queue)
    this.#bells.delete(queue)
    if (bell !== undefined) Deferred.doneUnsafe(bell, Effect.void)
  }
}
