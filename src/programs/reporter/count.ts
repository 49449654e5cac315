import * as Clock from "effect/Clock"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type Period, weeksBefore } from "../../schema/IsoWeek.ts"
import type { KnownMeaning } from "../../schema/report/Grouping.ts"
import type { GroupLine } from "../../schema/report/GroupLine.ts"
import type { ModelPrice } from "../../schema/report/ModelPrice.ts"
import type { Pipeline } from "../../schema/report/Pipeline.ts"
import { comparedWordings } from "../../schema/report/QuestionLines.ts"
import { summarize } from "../../schema/report/summarize.ts"
import { trendLengthMax } from "../../schema/report/WeeklyReport.ts"
import { DeadLetterGauge } from "../../services/DeadLetterGauge.ts"
import { Meaning } from "../../services/Meaning.ts"
import { PipelineMeter } from "../../services/PipelineMeter.ts"
import { ReportLedger } from "../../services/ReportLedger.ts"
import { StorageGauge } from "../../services/StorageGauge.ts"
import { withAnswers } from "./lastAnswers.ts"
import { readWeek } from "./readWeek.ts"
import { readWeekBefore } from "./readWeekBefore.ts"

export interface Counting {
  readonly zone: DateTime.TimeZone.Named
  /** Prices of models; see `pricesOf`. */
  readonly prices: ReadonlyArray<ModelPrice>
  /** The longest list; 10 without it, as the e-mail has them. */
  readonly listLength?: number
  /** Learns which questions are in each group, because no line tells all of them. */
  readonly onGroups?: (groups: ReadonlyArray<GroupLine>) => void
}

const known = <K extends string>(key: K, value: Option.Option<number>) =>
  Option.match(value, {
    onNone: () => ({}),
    onSome: (number) => ({ [key]: number }) as { readonly [P in K]?: number }
  })

const pipelineOf = Effect.fnUntraced(function* (period: Period) {
  const [meter, storage] = [yield* PipelineMeter, yield* StorageGauge]
  const [counts, bytes] = yield* Effect.all([meter.read(period), storage.bytes], { concurrency: 2 })
  const pipeline: Pipeline = { ...counts, ...known("tableBytes", bytes) }
  return pipeline
})

/** Without its source, words alone tell which questions are alike, and the report says so. */
export const meaningOf = Effect.fnUntraced(function* (wordings: ReadonlyArray<string>) {
  const { nearness } = yield* Meaning
  return yield* nearness(wordings).pipe(
    Effect.catch(({ reason, source }) =>
      Effect.as(Effect.logWarning("questions grouped by words alone", { source, reason }), {
        by: "words",
        insteadOf: source
      } satisfies KnownMeaning)
    )
  )
})

/**
 * Counts a week as it stands now, and compares it with the weeks before. The week comes first,
 * because the report goes out without a comparison or an answer's words if time runs short.
 */
export const count = Effect.fnUntraced(function* (period: Period, options: Counting) {
  const { listLength, onGroups, prices, zone } = options
  const [gauge, ledger] = [yield* DeadLetterGauge, yield* ReportLedger]
  const generatedAt = yield* Clock.currentTimeMillis
  const { tally, ...reading } = yield* readWeek(period, { listLength })
  const counting = { generatedAt, prices, zone }
  // a part of a week is less than any whole one
  const before = "readUntil" in reading ? undefined : yield* readWeekBefore(period, counting)
  const questionsBefore = typeof before === "object" ? before.questions : undefined
  const report = summarize(tally, {
    ...counting,
    ...reading,
    ...(listLength === undefined ? {} : { listLength }),
    ...(onGroups === undefined ? {} : { onGroups }),
    ...(before === undefined ? {} : { before }),
    meaning: yield* meaningOf(comparedWordings(tally.questions, questionsBefore)),
    period,
    gapMarks: yield* ledger.gaps,
    earlier: yield* ledger.reports(weeksBefore(period.weekId, trendLengthMax - 1)),
    ...known("deadLetters", yield* gauge.count),
    pipeline: yield* pipelineOf(period)
  })
  return yield* withAnswers(report)
})
