/** The schedule's event names no week; an operator may name one, or ask for a resend. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { WeekId } from "../../schema/IsoWeek.ts"
import { type Options, resend, run } from "./program.ts"
import { countingFailures } from "./ReportMetrics.ts"
import { tellReport } from "./tellReport.ts"
import { tellSilence } from "./tellSilence.ts"

const ReportEvent = Schema.Union([
  Schema.Struct({ weekId: WeekId, resend: Schema.Literal(true) }),
  Schema.Struct({ weekId: Schema.optionalKey(WeekId) })
])
const decodeEvent = Schema.decodeUnknownEffect(ReportEvent)

/** Does what the event asks for; counts every failure and leaves the retry to the platform. */
export const handleEvent = Effect.fn("Reporter.handleEvent")(function* (
  event: unknown,
  owner: string,
  options: Options
) {
  const request = yield* decodeEvent(event)
  if ("resend" in request) return yield* resend(request.weekId, options)
  const asked = { weekId: request.weekId, owner }
  const mailed = yield* Effect.exit(run(asked, options))
  yield* tellReport(asked, options)
  const outcome = yield* mailed
  // an operator who names a week asks for nothing else
  if (request.weekId === undefined) yield* tellSilence(owner, options)
  return outcome
}, countingFailures)
