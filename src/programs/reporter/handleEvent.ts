/** The schedule's event names no week; an operator may name one, or ask for a resend. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { WeekId } from "../../schema/IsoWeek.ts"
import { type Options, resend, run } from "./program.ts"
import { countingFailures } from "./ReportMetrics.ts"

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
  return yield* "resend" in request
    ? resend(request.weekId, options)
    : run({ weekId: request.weekId, owner }, options)
}, countingFailures)
