import * as Cron from "effect/Cron"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { minutesOfRate, type ScheduleDefinition, toCron } from "../../infra/definitions/Schedule.ts"
import { DefinitionsInvalid } from "../../infra/definitions/Terraform.ts"
import { monthHours } from "./Meter.ts"
import type { Resource } from "./Resources.ts"

const firingsWithin = (cron: Cron.Cron, startMs: number, endMs: number): number => {
  let count = 0
  let next = Cron.next(cron, startMs - 1).getTime()
  while (next < endMs) {
    count += 1
    next = Cron.next(cron, next).getTime()
  }
  return count
}

/** Counts the busiest month of a year. */
export const firingsPerMonth = Effect.fnUntraced(function* (schedule: ScheduleDefinition) {
  const minutes = minutesOfRate(schedule.expression)
  if (minutes !== undefined) return Math.ceil((monthHours * 60) / minutes)
  const cron = yield* Effect.fromResult(toCron(schedule))
  const months = Array.from({ length: 12 }, (_, month) =>
    firingsWithin(cron, Date.UTC(2025, month, 1), Date.UTC(2025, month + 1, 1))
  )
  return Math.max(...months)
})

const ScheduleResource = Schema.Struct({
  schedule_expression: Schema.String,
  schedule_expression_timezone: Schema.optionalKey(Schema.String)
})

const firingsOf = ({ fields, name }: Resource) =>
  Schema.decodeUnknownEffect(ScheduleResource)(fields).pipe(
    Effect.flatMap(({ schedule_expression, schedule_expression_timezone = "UTC" }) =>
      firingsPerMonth({ expression: schedule_expression, timeZone: schedule_expression_timezone })
    ),
    Effect.mapError(
      ({ message }) =>
        new DefinitionsInvalid({ file: "infra/terraform", detail: `${name}: ${message}` })
    )
  )

/** Adds up every schedule, because each of them invokes something. */
export const firingsOfAll = Effect.fnUntraced(function* (resources: ReadonlyArray<Resource>) {
  const schedules = resources.filter(({ type }) => type === "aws_scheduler_schedule")
  const firings = yield* Effect.forEach(schedules, firingsOf)
  return firings.reduce((sum, one) => sum + one, 0)
})
