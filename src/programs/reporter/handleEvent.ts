/** The schedule's event names no week; an operator may name one, or ask for a resend. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { WeekId } from "../../schema/IsoWeek.ts"
import { type Options, resend, run } from "./program.ts"
import { countingFailures } from "./ReportMetrics.ts"
import { tellReport } from "./tellReport.ts"
import { watch } from "./watch/watch.ts"

const WatchEvent = Schema.Struct({
  watch: Schema.Literal(true),
  /** Events may wait so long for the next drain of the queue. */
  lagMinutes: Schema.optionalKey(Schema.Natural)
})

const ReportEvent = Schema.Union([
  Schema.Struct({ weekId: WeekId, resend: Schema.Literal(true) }),
  Schema.Struct({ weekId: Schema.optionalKey(WeekId) })
])
const isWatchEvent = Schema.is(WatchEvent)
const decodeEvent = Schema.decodeUnknownEffect(ReportEvent)

/** Reports what the event asks for, and counts every failure. */
export const handleReport = Effect.fnUntraced(function* (
  event: unknown,
  owner: string,
  options: Options
) {
  const request = yield* decodeEvent(event)
  if ("resend" in request) return yield* resend(request.weekId, options)
  const asked = { weekId: request.weekId, owner }
  const mailed = yield* Effect.exit(run(asked, options))
  yield* tellReport(asked, options)
  return yield* mailed
}, countingFailures)

/**
 * Does what the event asks for, and leaves the retry of a failure to the platform. A failed look at
 * the last hour is no failed report.
 */
export const handleEvent = Effect.fn("Reporter.handleEvent")(function* (
  event: unknown,
  owner: string,
  options: Options
) {
  return isWatchEvent(event)
    ? yield* watch(owner, event.lagMinutes ?? 0, options)
    : yield* handleReport(event, owner, options)
})
