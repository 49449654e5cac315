/** The reporter's metrics: failed reports, and settled weeks, whose absence raises an alarm. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { metricLine } from "../../runtime/MetricLine.ts"

const sent = { Name: "ReportSent", Unit: "Count" } as const
const failed = { Name: "ReportFailed", Unit: "Count" } as const
export const metrics = [sent, failed]

/**
 * Logs that a week's final report was sent or skipped, now or by an earlier run. The daily check
 * logs it too, so that the alarm can notice its absence within two days.
 */
export const logSettled = (message: string, fields: object) =>
  Effect.flatMap(Clock.currentTimeMillis, (now) =>
    Effect.logInfo(message, metricLine({ ...fields, ReportSent: 1 }, [sent], now))
  )

/** Counts a failure and passes it on, so that the platform tries again. */
export const countingFailures = <A, E, R>(run: Effect.Effect<A, E, R>) =>
  Effect.tapCause(run, (cause) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) =>
      Effect.logError("report failed", cause, metricLine({ ReportFailed: 1 }, [failed], now))
    )
  )
