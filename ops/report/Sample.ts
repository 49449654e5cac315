/**
 * A fictional chatbot's weeks in memory: the events of `npm run demo`, stored as the processor
 * stores them. The same week and zone give the same numbers.
 */
import * as Clock from "effect/Clock"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { readKnowledge } from "../../infra/readKnowledge.ts"
import { makeHistory } from "../../local/demo/History.ts"
import { poison } from "../../local/demo/poison.ts"
import * as AgentClassifierIsbot from "../../src/layers/AgentClassifierIsbot.ts"
import * as AnswererKnowledgeBase from "../../src/layers/AnswererKnowledgeBase.ts"
import * as InteractionStoreMemory from "../../src/layers/InteractionStoreMemory.ts"
import * as LanguageDetectorEld from "../../src/layers/LanguageDetectorEld.ts"
import * as MeaningStatic from "../../src/layers/MeaningStatic.ts"
import * as ReportLedgerMemory from "../../src/layers/ReportLedgerMemory.ts"
import { enrich, tellers } from "../../src/programs/processor/enrich.ts"
import { count } from "../../src/programs/reporter/count.ts"
import { correlate } from "../../src/schema/Interaction.ts"
import { type Period, periodOf, WeekId, weeksBefore } from "../../src/schema/IsoWeek.ts"
import { knownPrices } from "../../src/schema/report/KnownPrices.ts"
import { empty, observe } from "../../src/schema/report/WeeklyTally.ts"
import { DeadLetterGauge } from "../../src/services/DeadLetterGauge.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { PipelineMeter } from "../../src/services/PipelineMeter.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { StorageGauge } from "../../src/services/StorageGauge.ts"
import { clockAt } from "../clockAt.ts"

/** The default, whatever the day. */
export const sampleWeek = WeekId.make("2026-W46")

/** Visits of the weeks before, in order. */
const visits = [388, 402, 431, 417, 463, 489, 478] as const
const visitsOfWeek = 540
const seed = 46

/** The time of the scheduled report. */
const mondayMorning = ({ endMs }: Period): number => endMs + 7 * 3_600_000

const storeWeek = Effect.fnUntraced(function* (period: Period, interactions: number) {
  const [store, traitTellers] = [yield* InteractionStore, yield* tellers]
  const { endMs, startMs } = period
  const { events, votes } = yield* makeHistory({
    interactions,
    startMs,
    endMs,
    seed: seed + interactions
  })
  for (const event of events) {
    const half = correlate(undefined, event)
    yield* store.record(half, enrich(half, traitTellers).traits)
  }
  for (const vote of votes) yield* store.vote(vote)
})

const reportWeek = Effect.fnUntraced(function* (period: Period, zone: DateTime.TimeZone.Named) {
  const [ledger, { weekId }] = [yield* ReportLedger, period]
  const claim = yield* ledger.claim({ weekId, owner: "sample", leaseSeconds: 60 })
  yield* ledger.freeze(claim, yield* count(period, { prices: knownPrices, zone }))
  yield* ledger.confirm(claim, `sample-${weekId}`)
})

const fill = Effect.fnUntraced(function* (week: WeekId, zone: DateTime.TimeZone.Named) {
  for (const [index, earlier] of weeksBefore(week, visits.length).entries()) {
    const period = periodOf(earlier, zone)
    yield* storeWeek(period, visits[index] ?? 0)
    yield* reportWeek(period, zone).pipe(
      // its dead letters have been put away since
      Effect.provideService(DeadLetterGauge, { count: Effect.succeedSome(0) }),
      Effect.provideService(Clock.Clock, yield* clockAt(mondayMorning(period)))
    )
  }
  yield* storeWeek(periodOf(week, zone), visitsOfWeek)
})

/** The platform's counts of those weeks, with a few repeats and undecodable messages. */
const platform = Layer.effect(
  PipelineMeter,
  Effect.map(InteractionStore, ({ summaries }) =>
    PipelineMeter.of({
      read: (period) =>
        summaries(period).pipe(
          Stream.runFold(empty, observe),
          Effect.orDie,
          Effect.map(({ events: stored }) => ({
            accepted: stored + repeats.stored + poison.length,
            deduplicated: repeats.deduplicated,
            requests: pollingRequests + 3 * stored,
            batches: Math.ceil(stored / 2),
            stored,
            duplicates: repeats.stored,
            conflicts: 0,
            writeUnits: 4 * stored
          }))
        )
    })
  )
)
const repeats = { stored: 14, deduplicated: 19 } as const
const pollingRequests = 151_200
const tableBytes = 9_400_000

const memory = platform.pipe(
  Layer.provideMerge(InteractionStoreMemory.layer),
  Layer.merge(ReportLedgerMemory.layer),
  Layer.merge(MeaningStatic.layer),
  Layer.merge(Layer.succeed(DeadLetterGauge, { count: Effect.succeedSome(poison.length) })),
  Layer.merge(Layer.succeed(StorageGauge, { bytes: Effect.succeedSome(tableBytes) }))
)

const answerer = Layer.unwrap(
  Effect.sync(() => AnswererKnowledgeBase.layer({ sections: readKnowledge() }))
)

/** Provides also a clock that stands at the Monday morning after the week. */
export const layer = (week: WeekId, zone: DateTime.TimeZone.Named) =>
  Layer.effectDiscard(Effect.orDie(fill(week, zone))).pipe(
    Layer.provideMerge(memory),
    Layer.provide([answerer, AgentClassifierIsbot.layer, LanguageDetectorEld.layer]),
    Layer.merge(Layer.effect(Clock.Clock, clockAt(mondayMorning(periodOf(week, zone)))))
  )
