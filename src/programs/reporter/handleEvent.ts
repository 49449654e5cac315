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

const leaseReserveSeconds = 5

/** Longer than the function's remaining time, because another machine's clock may be ahead. */
export const leaseSecondsOf = (remainingMs: number): number =>
  Math.ceil(remainingMs / 1000) + leaseReserveSeconds

/** Does what the event asks for; counts every failure and leaves the retry to the platform. */
export const handleEvent = Effect.fn("Reporter.handleEvent")(function* (
  event: unknown,
  { owner, remainingMs }: { readonly owner: string; readonly remainingMs: number },
  options: Options
) {
  const request = yield* decodeEvent(event)
  if ("resend" in request) return yield* resend(request.weekId, options)
  const leaseSeconds = leaseSecondsOf(remainingMs)
  return yield* run({ weekId: request.weekId, owner, leaseSeconds }, options)
}, countingFailures)
