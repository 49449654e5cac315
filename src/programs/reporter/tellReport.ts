/** Tells the channels of a week, beside its e-mail and whatever became of that. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { previousWeek } from "../../schema/IsoWeek.ts"
import { ReportLedger } from "../../services/ReportLedger.ts"
import { isSkipped, type Options, type Run } from "./program.ts"
import { reportNotice } from "./reportNotice.ts"
import { tellChannels } from "./tellChannels.ts"

/** Lambda's own retries follow within minutes; the daily check is the next try. */
const restSeconds = 20 * 3600

/** The week's frozen numbers, so that no channel says something else than the e-mail. */
export const tellReport = Effect.fnUntraced(function* ({ owner, weekId }: Run, options: Options) {
  const week = weekId ?? previousWeek(yield* Clock.currentTimeMillis, options.zone)
  const told = Effect.gen(function* () {
    const [report] = yield* (yield* ReportLedger).reports([week])
    if (report === undefined) return "later"
    return isSkipped(report, options) ? "never" : reportNotice(report, options)
  })
  yield* tellChannels({ key: { weekId: week }, owner, told, restSeconds })
})
