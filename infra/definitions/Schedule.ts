import * as Clock from "effect/Clock"
import * as Cron from "effect/Cron"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

/** The local schedule does not understand the expression. */
export class ScheduleUnsupported extends Data.TaggedError("ScheduleUnsupported")<{
  readonly expression: string
}> {
  override get message() {
    return `${this.expression}: expected cron(minute hour ? month MON-SUN *)`
  }
}

export interface ScheduleDefinition {
  /**
   * EventBridge syntax with names for the days of the week, because its numbers differ from cron's.
   */
  readonly expression: string
  readonly timeZone: string
}

const eventBridge = /^cron\((\S+) (\S+) (\S+) (\S+) ([A-Z*?,-]+) \*\)$/

/** The schedule as a cron of its time zone, which follows the clocks when they change. */
export const toCron = ({
  expression,
  timeZone
}: ScheduleDefinition): Result.Result<Cron.Cron, ScheduleUnsupported> => {
  const fields = eventBridge.exec(expression)?.slice(1)
  if (fields === undefined) return Result.fail(new ScheduleUnsupported({ expression }))
  const standard = fields.map((field) => (field === "?" ? "*" : field)).join(" ")
  return Result.mapError(
    Cron.parse(standard, timeZone),
    () => new ScheduleUnsupported({ expression })
  )
}

/** The minutes between two firings of a rate; undefined for any other expression. */
export const minutesOfRate = (expression: string): number | undefined => {
  const minutes = Number(/^rate\((\d+) minutes?\)$/.exec(expression)?.[1])
  return minutes > 0 ? minutes : undefined
}

/** Epoch milliseconds of the next time that the schedule fires after the instant. */
export const nextAfter = (cron: Cron.Cron, epochMillis: number): number =>
  Cron.next(cron, epochMillis).getTime()

/** Longest single wait; longer timers than 24.8 days would fire at once. */
const waitMs = 3_600_000

/** Fires for ever, by the current Clock, without waiting for a firing to end. */
export const run = Effect.fnUntraced(function* <R>(
  cron: Cron.Cron,
  fire: Effect.Effect<void, never, R>
) {
  while (true) {
    const due = nextAfter(cron, yield* Clock.currentTimeMillis)
    for (let now = yield* Clock.currentTimeMillis; now < due; ) {
      yield* Effect.sleep(Math.min(waitMs, due - now))
      now = yield* Clock.currentTimeMillis
    }
    yield* Effect.forkScoped(fire)
  }
})
