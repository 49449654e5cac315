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
  return Clock.Clock.of({
    ...clock,
    currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe() + aheadMs,
    currentTimeMillis: Effect.map(clock.currentTimeMillis, (now) => now + aheadMs),
    sleep: (duration) => clock.sleep(duration)
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
    Effect.andThen(Deferred.succeed(done, undefined)),
    Effect.asVoid
  )
  yield* run(cron, twice).pipe(
    Effect.provideService(Clock.Clock, yield* clockJustBefore(due)),
    Effect.raceFirst(Deferred.await(done))
  )
}, Effect.scoped)
