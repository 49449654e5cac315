import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import * as Random from "effect/Random"
import * as Scheduler from "effect/Scheduler"
import type { Agenda } from "./Agenda.ts"
import type * as Chance from "./Random.ts"

const nanosPerMilli = 1_000_000

export interface InstanceOptions {
  readonly agenda: Agenda
  /** Added to the true time of day: a machine's clock may be wrong, its timers are right. */
  readonly clockError: () => number
  readonly chance: Chance.Random
  readonly onKill: () => void
}

/**
 * One instance of a function, or one isolate of the Worker. Its fibers live by the agenda. A killed
 * one just stops, as a process does: no finalizer runs, no error is seen, no answer arrives.
 */
export class Instance {
  readonly #agenda: Agenda
  readonly #clockError: () => number
  readonly #onKill: () => void
  readonly #context: Context.Context<never>
  #isOver = false
  #busyUntil = 0
  readonly clock: Clock.Clock

  constructor({ agenda, chance, clockError, onKill }: InstanceOptions) {
    this.#agenda = agenda
    this.#clockError = clockError
    this.#onKill = onKill
    const millis = () => Math.floor(agenda.now + clockError())
    const nanos = () => BigInt(millis()) * BigInt(nanosPerMilli)
    const monotonic = () => BigInt(Math.floor(agenda.now * nanosPerMilli))
    this.clock = {
      currentTimeMillisUnsafe: millis,
      currentTimeMillis: Effect.sync(millis),
      currentTimeNanosUnsafe: nanos,
      currentTimeNanos: Effect.sync(nanos),
      monotonicTimeNanosUnsafe: monotonic,
      monotonicTimeNanos: Effect.sync(monotonic),
      sleep: (duration) => this.#sleep(Duration.toMillis(duration))
    }
    this.#context = Context.make(Clock.Clock, this.clock).pipe(
      Context.add(Random.Random, {
        nextDoubleUnsafe: () => chance.next(),
        nextIntUnsafe: () => chance.whole(0, 2 ** 31)
      }),
      Context.add(Scheduler.Scheduler, new Scheduler.MixedScheduler("async", this.#soon))
    )
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** How wrong this instance's clock is at present. */
  get clockError(): number {
    return this.#clockError()
  }

  readonly #soon = (action: () => void) => this.after(0, action)

  #sleep(millis: number): Effect.Effect<void> {
    if (millis <= 0) return Effect.yieldNow
    return Effect.callback((resume) => {
      const cancel = this.after(millis, () => resume(Effect.void))
      return Effect.sync(cancel)
    })
  }

  /** Like the agenda's, except that a computation holds it up and the instance's end crosses it out. */
  after(millis: number, action: () => void): () => void {
    const due = this.#agenda.now + millis
    let cancel = this.#agenda.at(due, () => {
      if (this.#busyUntil > due) cancel = this.#agenda.at(this.#busyUntil, whenDue)
      else whenDue()
    })
    const whenDue = () => {
      if (!this.#isOver) action()
    }
    return () => cancel()
  }

  /** Computes for so long: until then no timer fires and no answer is heard. */
  compute(millis: number): void {
    this.#busyUntil = Math.max(this.#busyUntil, this.#agenda.now + millis)
  }

  /** Runs the effect to its end; the instance may run others beside it. */
  fork<A, E, R>(
    effect: Effect.Effect<A, E, R>,
    context: Context.Context<R>,
    onExit: (exit: Exit.Exit<A, E>) => void
  ): void {
    const fiber = Effect.runForkWith(Context.merge(context, this.#context))(effect)
    fiber.addObserver((exit) => {
      if (!this.#isOver) onExit(exit)
    })
  }

  /** Runs the effect to its end, which is also the end of the instance. */
  run<A, E, R>(
    effect: Effect.Effect<A, E, R>,
    context: Context.Context<R>,
    onExit: (exit: Exit.Exit<A, E>) => void
  ): void {
    this.fork(effect, context, (exit) => {
      this.#isOver = true
      onExit(exit)
    })
  }

  kill(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#onKill()
  }

  /** Runs an effect that takes no time, by this instance's clock and even after its end. */
  now<A, E>(effect: Effect.Effect<A, E>): Exit.Exit<A, E> {
    return Effect.runSyncExit(Effect.provideService(effect, Clock.Clock, this.clock))
  }
}
