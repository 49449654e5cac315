/** Metrics of the reporter: reports that failed, and that are out, whose absence is an alarm. */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { metricLine } from "../../runtime/MetricLine.ts"

const sent = { Name: "ReportSent", Unit: "Count" } as const
const failed = { Name: "ReportFailed", Unit: "Count" } as const
export const metrics = [sent, failed]

/**
 * A week's own report is out, or its quiet week was skipped, by this run or an earlier one: the
 * daily check says so too, for an alarm that hears silence within two days.
 */
export const logSettled = (message: string, fields: object) =>
  Effect.flatMap(Clock.currentTimeMillis, (now) =>
    Effect.logInfo(message, metricLine({ ...fields, ReportSent: 1 }, [sent], now))
  )

/** That another run holds the week is no failure: that run will send it, or fail. */
const isHeld = (cause: Cause.Cause<unknown>): boolean => {
  const error = Option.getOrUndefined(Cause.findErrorOption(cause))
  return error instanceof Error && error.name === "ReportInProgress"
}

/** Counts what goes wrong, and leaves it as it is for the platform to try again. */
export const countingFailures = <A, E, R>(run: Effect.Effect<A, E, R>) =>
  Effect.tapCause(run, (cause) =>
    isHeld(cause)
      ? Effect.logWarning("report held by another run", cause)
      : Effect.flatMap(Clock.currentTimeMillis, (now) =>
          Effect.logError("report failed", cause, metricLine({ ReportFailed: 1 }, [failed], now))
        )
  )
