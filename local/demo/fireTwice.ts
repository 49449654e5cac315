import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import {
  nextAfter,
  run,
  type ScheduleDefinition,
  toCron
} from "../../infra/definitions/Schedule.ts"

/** Moves the real clock to one second before the schedule's next time. */
const clockJustBefore = Effect.fnUntraced(function* (due: number) {
  const clock = yield* Clock.Clock
  const aheadMs = due - 1000 - (yield* Clock.currentTimeMillis)
  // The real clock is the prototype, because a spread does not copy the methods of a class.
  const moved: Clock.Clock = Object.create(clock)
  return Object.assign(moved, {
    currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe() + aheadMs,
    currentTimeMillis: Effect.map(clock.currentTimeMillis, (now) => now + aheadMs)
  })
})

/** Lets the schedule's next time come, and delivers its event twice at once, as AWS may. */
export const fireTwice = Effect.fnUntraced(function* (
  schedule: ScheduleDefinition,
  delivery: Effect.Effect<void>
) {
  const cron = yield* Effect.fromResult(toCron(schedule))
  const due = nextAfter(cron, yield* Clock.currentTimeMillis)
  const done = yield* Deferred.make<void>()
  const twice = Effect.all([delivery, delivery], { concurrency: 2 }).pipe(
    Effect.ensuring(Deferred.succeed(done, undefined)),
    Effect.asVoid
  )
  yield* run(cron, twice).pipe(
    Effect.provideService(Clock.Clock, yield* clockJustBefore(due)),
    Effect.raceFirst(Deferred.await(done))
  )
}, Effect.scoped)
