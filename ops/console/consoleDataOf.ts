/** The console's data from held rows and from what its source adds to them. */
import * as Clock from "effect/Clock"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { Counting } from "../../src/programs/reporter/count.ts"
import { WeekOutOfReach } from "../../src/programs/reporter/periodToReport.ts"
import type { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import {
  type Period,
  periodOf,
  utcWeekId,
  type WeekId,
  wallClock,
  weeksBefore
} from "../../src/schema/IsoWeek.ts"
import { keptUntil } from "../../src/schema/Retention.ts"
import { questionKey } from "../../src/schema/report/QuestionTally.ts"
import type { WeeklyReport } from "../../src/schema/report/WeeklyReport.ts"
import type { DeadLetterGauge } from "../../src/services/DeadLetterGauge.ts"
import type { InteractionStore, StoreError } from "../../src/services/InteractionStore.ts"
import type { Meaning } from "../../src/services/Meaning.ts"
import type { PipelineMeter } from "../../src/services/PipelineMeter.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import type { StorageGauge } from "../../src/services/StorageGauge.ts"
import { clockAt } from "../clockAt.ts"
import type { clearly } from "../ServiceFault.ts"
import {
  type Change,
  ConsoleData,
  type GroupView,
  type Health,
  NotHeld,
  type NowAsked,
  type Reading,
  type ShownWeek,
  type Source,
  TextsNotShown,
  type Turn,
  type WeekView
} from "./ConsoleData.ts"
import { countWeek, type Members } from "./countWeek.ts"
import { differencesOf } from "./differences.ts"
import { type Line, lineOf } from "./Line.ts"
import type { Rows } from "./Rows.ts"
import { searching } from "./searching.ts"

type Numbers = DeadLetterGauge | Meaning | PipelineMeter | ReportLedger | StorageGauge

/** What is different between a table and an export. */
export interface Origin {
  readonly source: Source
  readonly counting: Omit<Counting, "listLength">
  /** All of a report but its rows. */
  readonly numbers: Context.Context<Numbers>
  /** One whole interaction, which a report quotes. */
  readonly get: InteractionStore["Service"]["get"]
  /** Time goes on at a table, and stands still in an export. */
  readonly now: Effect.Effect<number>
  /** Whether the rows of these weeks are held; if not, or no longer, they are read from now on. */
  readonly hold: (
    weeks: ReadonlyArray<Period>
  ) => Effect.Effect<{ readonly isHeld: boolean; readonly reading?: Reading }>
  /** Whether a week has rows, held or not. */
  readonly asked: (period: Period) => Effect.Effect<boolean, StoreError>
  /** No line is missing since then. */
  readonly heldSince: Effect.Effect<number>
  readonly conversation: (session: SessionId) => Effect.Effect<ReadonlyArray<Turn>, StoreError>
  readonly health: Effect.Effect<Omit<Health, "lost" | "now">>
  readonly changes: Stream.Stream<Change>
  /** Names the place in an error. */
  readonly clearly: ReturnType<typeof clearly>
}

/** All weeks of the retention, and the one that is going on. */
const weeksShown = 14

/** A count is as good for so long, unless a row changes. */
const freshMs = 60_000

const weekMs = 604_800_000

interface Counted {
  readonly version: string
  readonly report: WeeklyReport
  readonly members: Members
}

/** Whole numbers of a week, beside those of the week before while they are kept. */
const counter = (rows: Rows, { counting, get, hold, now, numbers }: Origin) => {
  const known = new Map<WeekId, Counted>()
  const countAgain = Effect.fnUntraced(function* (period: Period, nowMs: number) {
    const version = rows.version
    const last = known.get(period.weekId)
    if (last?.version === version && nowMs - last.report.generatedAt < freshMs) return last
    const counted = yield* countWeek(rows, get, period, counting).pipe(
      Effect.provide(numbers),
      Effect.provideService(Clock.Clock, yield* clockAt(nowMs))
    )
    const next: Counted = { version, ...counted }
    known.set(period.weekId, next)
    return next
  })
  return Effect.fnUntraced(function* (period: Period) {
    const nowMs = yield* now
    if (keptUntil(period.startMs) <= nowMs) return { reading: undefined, counted: undefined }
    const before = weeksBefore(period.weekId, 1).map((week) => periodOf(week, counting.zone))
    const needed = [period, ...before].filter(({ startMs }) => keptUntil(startMs) > nowMs)
    const { isHeld, reading } = yield* hold(needed)
    return { reading, counted: isHeld ? yield* countAgain(period, nowMs) : undefined }
  })
}

const pageOf = (rows: Rows, { heldSince, source: { showsTexts } }: Origin) =>
  Effect.fn("ConsoleData.now")(function* ({ limit, ...page }: NowAsked) {
    const since = { sinceMs: yield* heldSince }
    const found = rows.newest({ ...page, ...since, limit: limit + 1 })
    const lines = found.slice(0, limit).map((summary) => lineOf(summary, showsTexts))
    const last = found.length > limit ? lines.at(-1) : undefined
    return {
      lines,
      ...(last && { next: { timestamp: last.timestamp, requestId: last.requestId } }),
      languages: rows.namesOf("language"),
      models: rows.namesOf("model")
    }
  })

/** Those questions of a week that the report counts and that have one of these keys. */
const linesOf = (rows: Rows, period: Period, keys: ReadonlySet<string>): ReadonlyArray<Line> => {
  const asked = [...rows.questions(period)]
    .flat()
    .filter(({ question }) => keys.has(questionKey(question)))
  return rows
    .ofKeys(asked)
    .map((summary) => lineOf(summary, true))
    .filter(({ isBot, isOwn }) => !isBot && !isOwn)
    .toReversed()
}

/** All members of a group if the count knows them; otherwise the questions in the same words. */
const groupOf = (
  rows: Rows,
  period: Period,
  question: string,
  { counted, reading }: Effect.Success<ReturnType<ReturnType<typeof counter>>>
): GroupView => {
  const members = counted?.members.get(question)
  return {
    lines: linesOf(rows, period, members ?? new Set([questionKey(question)])),
    isExact: members !== undefined,
    ...(reading && { reading })
  }
}

const textsOf = ({ holdsTexts, showsTexts }: Source) => {
  if (!holdsTexts) return new TextsNotShown({ why: "not held" })
  return showsTexts ? Effect.void : new TextsNotShown({ why: "hidden" })
}

/** Makes the service over rows that a source fills. */
export const consoleDataOf = Effect.fnUntraced(function* (rows: Rows, origin: Origin) {
  const { asked, clearly: inPlace, counting, now, numbers, source } = origin
  const today = counter(rows, origin)
  const thisWeek = Effect.map(now, (nowMs) => utcWeekId(wallClock(nowMs, counting.zone)))
  const frozenOf = (weeks: ReadonlyArray<WeekId>) =>
    Effect.flatMap(ReportLedger, (ledger) => ledger.reports(weeks)).pipe(Effect.provide(numbers))
  const search = yield* searching(rows)
  const textsShown = Effect.suspend(() => textsOf(source))

  return ConsoleData.of({
    source,
    now: pageOf(rows, origin),
    changes: origin.changes,
    weeks: Effect.gen(function* () {
      const [current, nowMs] = [yield* thisWeek, yield* now]
      const all = [...weeksBefore(current, weeksShown), current]
      const frozen = new Set((yield* frozenOf(all)).map(({ period }) => period.weekId))
      const shown: Array<ShownWeek> = []
      for (const weekId of all.toReversed()) {
        const period = periodOf(weekId, counting.zone)
        const [hasFrozen, isKept] = [frozen.has(weekId), keptUntil(period.startMs) > nowMs]
        const isCountable = isKept && (weekId === current || (yield* asked(period)))
        if (!(hasFrozen || isCountable)) continue
        shown.push({ weekId, hasFrozen, isCountable, isOver: period.endMs <= nowMs })
      }
      return shown
    }).pipe(inPlace, Effect.withSpan("ConsoleData.weeks")),
    week: Effect.fn("ConsoleData.week")(function* (weekId) {
      const [nowMs, period] = [yield* now, periodOf(weekId, counting.zone)]
      if (period.startMs > nowMs) return yield* new WeekOutOfReach({ weekId, reason: "not begun" })
      const [frozen] = yield* frozenOf([weekId])
      const isKept = keptUntil(period.startMs) > nowMs
      if (!isKept && frozen === undefined) {
        return yield* new WeekOutOfReach({ weekId, reason: "expired" })
      }
      const { counted, reading } = yield* today(period)
      const report = counted?.report
      const differences =
        frozen === undefined || report === undefined ? [] : differencesOf(frozen, report)
      return {
        period,
        ...(frozen && { frozen }),
        ...(report && { today: report }),
        ...(reading && { reading }),
        differences
      } satisfies WeekView
    }, inPlace),
    group: Effect.fn("ConsoleData.group")(function* (weekId, question) {
      yield* textsShown
      const period = periodOf(weekId, counting.zone)
      return groupOf(rows, period, question, yield* today(period))
    }, inPlace),
    conversation: Effect.fn("ConsoleData.conversation")(function* (session) {
      const turns = yield* inPlace(origin.conversation(session))
      return turns.length > 0 ? turns : yield* new NotHeld({ what: `session ${session}` })
    }),
    search: Effect.fn("ConsoleData.search")(function* (words, limit) {
      yield* textsShown
      return yield* search(words, limit)
    }),
    health: Effect.gen(function* () {
      const nowMs = yield* now
      const { lost } = rows.totals({ startMs: nowMs - weekMs, endMs: nowMs })
      return { now: nowMs, lost, ...(yield* origin.health) }
    }).pipe(Effect.withSpan("ConsoleData.health"))
  })
})
