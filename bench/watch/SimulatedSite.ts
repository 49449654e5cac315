/** The services of the watch over a history in memory, as they are at each moment of it. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as ReportLedgerMemory from "../../src/layers/ReportLedgerMemory.ts"
import { periodOf, type Span, type WeekId } from "../../src/schema/IsoWeek.ts"
import { GroupId } from "../../src/schema/report/GroupId.ts"
import { summarize } from "../../src/schema/report/summarize.ts"
import { listLengthMax, type WeeklyReport } from "../../src/schema/report/WeeklyReport.ts"
import { empty, observe } from "../../src/schema/report/WeeklyTally.ts"
import { Channels } from "../../src/services/Channels.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { Mailer } from "../../src/services/Mailer.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { hourMs, weeksOf, zone } from "./Calendar.ts"
import { prices } from "./Site.ts"
import type { Asked, SiteHistory } from "./SiteHistory.ts"

/** The place of the first exchange at or after a time. */
const placeOf = (asked: ReadonlyArray<Asked>, time: number): number => {
  let [low, high] = [0, asked.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((asked[middle]?.summary.timestamp ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

const within = ({ asked }: SiteHistory, { endMs, startMs }: Span): ReadonlyArray<Asked> =>
  asked.slice(placeOf(asked, startMs), placeOf(asked, endMs))

/** The gaps by their topics, because grouping 34 weeks by their words takes minutes. */
const gapsIn = (asked: ReadonlyArray<Asked>): WeeklyReport["unanswered"] => {
  const topics = Map.groupBy(asked, ({ topic }) => topic)
  const lines = [...topics.values()].map((all) => {
    const none = all.filter(({ summary }) => summary.response?.matchType === "none").length
    const wordings = [...new Set(all.map(({ summary }) => summary.query?.question ?? ""))]
    const [question = "", ...others] = wordings
    const counts = { asked: all.length, full: all.length - none, none }
    return {
      question,
      others: others.slice(0, 3).map((other) => ({ question: other })),
      ...{ variants: wordings.length, sessions: all.length, partial: 0, failed: 0, ...counts }
    }
  })
  return lines
    .filter(({ none }) => none > 0)
    .sort((one, other) => other.none - one.none)
    .slice(0, listLengthMax)
}

const reportOf = (history: SiteHistory, weekId: WeekId): WeeklyReport => {
  const period = periodOf(weekId, zone)
  const asked = within(history, period)
  const tally = empty()
  for (const { summary } of asked) {
    observe(tally, { ...summary, query: { question: "", agent: "person" } })
    tally.conversations.clear()
  }
  const generatedAt = period.endMs + 7 * hourMs
  const report = summarize(tally, { period, generatedAt, prices, zone, earlier: [] })
  const unanswered = gapsIn(asked).map((line, n) => ({
    ...line,
    id: GroupId.make(`${weekId}-${n + 1}`)
  }))
  return { ...report, unanswered }
}

const storeOf = (history: SiteHistory, now: () => number) =>
  InteractionStore.of({
    record: () => Effect.die("nothing is recorded"),
    get: () => Effect.succeedNone,
    vote: () => Effect.die("nothing is recorded"),
    voteOn: () => Effect.succeedNone,
    newest: ({ endMs, startMs }) =>
      Effect.sync(() => {
        const last = history.asked[placeOf(history.asked, Math.min(endMs, now())) - 1]
        const time = last?.summary.timestamp ?? 0
        return time < startMs ? Option.none() : Option.some(time)
      }),
    summaries: ({ endMs, startMs }) =>
      Stream.unwrap(
        Effect.sync(() => {
          const seen = within(history, { startMs, endMs: Math.min(endMs, now()) })
          return Stream.fromArray(seen.map(({ summary }) => summary))
        })
      )
  })

export interface Told {
  readonly kind: string
  readonly at: number
}

/** Tells what is confirmed to the given list. */
export const services = (history: SiteHistory, now: () => number, told: Array<Told>) => {
  const reports = new Map(
    weeksOf(history.seed).map((weekId) => [weekId, reportOf(history, weekId)])
  )
  const ledger = Layer.effect(
    ReportLedger,
    Effect.map(ReportLedger, (memory) =>
      ReportLedger.of({
        ...memory,
        reports: (weekIds) =>
          Effect.sync(() =>
            weekIds
              .flatMap((weekId) => reports.get(weekId) ?? [])
              .filter(({ generatedAt }) => generatedAt <= now())
          ),
        confirm: (claim, messageId) =>
          memory
            .confirm(claim, messageId)
            .pipe(
              Effect.tap(
                Effect.sync(() => told.push({ kind: claim.alert?.split("-")[0] ?? "", at: now() }))
              )
            )
      })
    )
  ).pipe(Layer.provide(ReportLedgerMemory.layer))
  return Layer.mergeAll(
    Layer.succeed(InteractionStore, storeOf(history, now)),
    Layer.succeed(Channels, []),
    Layer.succeed(Mailer, { send: () => Effect.succeed({ messageId: "simulated" }) }),
    ledger
  )
}
