/** The reporter's program with everything that it needs in memory, for its tests. */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import * as InteractionStoreMemory from "../../../src/layers/InteractionStoreMemory.ts"
import * as MailerMemory from "../../../src/layers/MailerMemory.ts"
import * as MeaningWords from "../../../src/layers/MeaningWords.ts"
import * as ReportLedgerMemory from "../../../src/layers/ReportLedgerMemory.ts"
import { type Options, type Run, run } from "../../../src/programs/reporter/program.ts"
import type { ResponseEvent } from "../../../src/schema/AnalyticsEvent.ts"
import type { ChannelName } from "../../../src/schema/Channel.ts"
import { Correlated } from "../../../src/schema/Interaction.ts"
import { periodOf, WeekId } from "../../../src/schema/IsoWeek.ts"
import type { Notice } from "../../../src/schema/Notice.ts"
import { knownPrices } from "../../../src/schema/report/KnownPrices.ts"
import type { Pipeline } from "../../../src/schema/report/Pipeline.ts"
import type { VisitorTraits } from "../../../src/schema/VisitorTraits.ts"
import { type Channel, Channels } from "../../../src/services/Channels.ts"
import { DeadLetterGauge } from "../../../src/services/DeadLetterGauge.ts"
import { InteractionStore, StoreUnavailable } from "../../../src/services/InteractionStore.ts"
import { Mailer, type MailerUnavailable, type MailRejected } from "../../../src/services/Mailer.ts"
import type { Meaning } from "../../../src/services/Meaning.ts"
import { PipelineMeter } from "../../../src/services/PipelineMeter.ts"
import { ReportLedger } from "../../../src/services/ReportLedger.ts"
import { StorageGauge } from "../../../src/services/StorageGauge.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import * as CapturedLog from "../CapturedLog.ts"

export const week = WeekId.make("2026-W47")
const zone = DateTime.zoneMakeNamedUnsafe("Europe/London")
export const { endMs, startMs } = periodOf(week, zone)
export const mondayMorning = endMs + 7 * 3_600_000

export const options: Options = {
  siteName: "cv.example.com",
  language: "en",
  from: "reports@example.com",
  to: ["owner@example.com", "team@example.com"],
  zone,
  prices: knownPrices,
  questions: "shown",
  quietWeek: "send",
  channelQuestions: "hidden",
  version: "1.2.3"
}

export const runOf = (changes: Partial<Run> = {}, settings: Partial<Options> = {}) =>
  run({ weekId: undefined, owner: "run-1", ...changes }, { ...options, ...settings })

export const askedAt = Effect.fnUntraced(function* (
  n: number,
  timestamp: number,
  traits: VisitorTraits = {},
  response: Partial<ResponseEvent> = {}
) {
  const store = yield* InteractionStore
  const requestId = requestIdOf(n)
  yield* store.record(
    Correlated.make({
      query: queryEvent({ requestId, timestamp }),
      response: responseEvent({ requestId, timestamp, queryTimestamp: timestamp, ...response })
    }),
    traits
  )
})

export const outbox = Effect.flatMap(MailerMemory.Outbox, Ref.get)

/** The week's numbers as the ledger keeps them. */
export const frozen = Effect.fnUntraced(function* (weekId: WeekId = week) {
  const [report] = yield* (yield* ReportLedger).reports([weekId])
  return report
})

/** The memory mailer, except that the effect comes before every send. */
export const mailerAfter = (first: Effect.Effect<void, MailerUnavailable | MailRejected>) =>
  Layer.effect(
    Mailer,
    Effect.map(Mailer, (mailer) =>
      Mailer.of({ send: (message) => Effect.andThen(first, mailer.send(message)) })
    )
  ).pipe(Layer.provideMerge(MailerMemory.layer))

export const gauge = (count: Option.Option<number>) =>
  Layer.succeed(DeadLetterGauge, { count: Effect.succeed(count) })

/** A platform that knows these numbers and no other. */
export const platform = ({ tableBytes, ...counts }: Pipeline) =>
  Layer.merge(
    Layer.succeed(PipelineMeter, { read: () => Effect.succeed(counts) }),
    Layer.succeed(StorageGauge, { bytes: Effect.succeed(Option.fromUndefinedOr(tableBytes)) })
  )

type Ledger = ReportLedger["Service"]

/** The memory ledger with other verbs in the place of some. */
export const ledgerWith = (changed: (ledger: Ledger) => Partial<Ledger>) =>
  Layer.effect(
    ReportLedger,
    Effect.map(ReportLedger, (ledger) => ReportLedger.of({ ...ledger, ...changed(ledger) }))
  ).pipe(Layer.provide(ReportLedgerMemory.layer))

/** The memory ledger, which is unavailable to `confirm` before this time. */
export const ledgerAwayUntil = (time: number) =>
  ledgerWith((ledger) => ({
    confirm: (claim, messageId) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) =>
        now < time
          ? Effect.fail(new StoreUnavailable({ operation: "confirm", detail: "away" }))
          : ledger.confirm(claim, messageId)
      )
  }))

/** The memory store with other ways to read it. */
export const storeWith = (
  change: (store: InteractionStore["Service"]) => Partial<InteractionStore["Service"]>
) =>
  Layer.effect(
    InteractionStore,
    Effect.map(InteractionStore, (store) => InteractionStore.of({ ...store, ...change(store) }))
  ).pipe(Layer.provide(InteractionStoreMemory.layer))

/** A channel that takes notices into a list, after the effect. */
export const channelInto = (
  name: ChannelName,
  taken: Array<Notice>,
  first: ReturnType<Channel["post"]> = Effect.void
): Channel => ({
  name,
  post: (notice) =>
    Effect.andThen(
      first,
      Effect.sync(() => void taken.push(notice))
    )
})

interface Parts {
  readonly channels?: ReadonlyArray<Channel>
  readonly store?: Layer.Layer<InteractionStore>
  readonly ledger?: Layer.Layer<ReportLedger>
  readonly mailer?: Layer.Layer<Mailer | MailerMemory.Outbox>
  readonly deadLetters?: Option.Option<number>
  readonly meaning?: Layer.Layer<Meaning>
  readonly pipeline?: Pipeline
}

export const world = ({
  channels = [],
  deadLetters = Option.none(),
  ledger = ReportLedgerMemory.layer,
  mailer = MailerMemory.layer,
  meaning = MeaningWords.layer,
  pipeline = {},
  store = InteractionStoreMemory.layer
}: Parts = {}) =>
  Layer.mergeAll(
    store,
    ledger,
    mailer,
    meaning,
    Layer.succeed(Channels, channels),
    gauge(deadLetters),
    platform(pipeline),
    CapturedLog.layer
  )
