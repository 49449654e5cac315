import { writeFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/testing/TestClock"
import { ConsoleData } from "../../../ops/console/ConsoleData.ts"
import { layerOfExport } from "../../../ops/console/ConsoleDataMemory.ts"
import { layer as sampleLayer, sampleWeek } from "../../../ops/report/Sample.ts"
import * as InteractionStoreMemory from "../../../src/layers/InteractionStoreMemory.ts"
import * as MeaningStatic from "../../../src/layers/MeaningStatic.ts"
import * as ReportLedgerMemory from "../../../src/layers/ReportLedgerMemory.ts"
import { makeReport } from "../../../src/programs/reporter/program.ts"
import { SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import { Correlated } from "../../../src/schema/Interaction.ts"
import { periodOf, WeekId, weeksBefore } from "../../../src/schema/IsoWeek.ts"
import { knownPrices } from "../../../src/schema/report/KnownPrices.ts"
import { listLengthMax, type WeeklyReport } from "../../../src/schema/report/WeeklyReport.ts"
import { DeadLetterGauge } from "../../../src/services/DeadLetterGauge.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { PipelineMeter } from "../../../src/services/PipelineMeter.ts"
import { ReportLedger } from "../../../src/services/ReportLedger.ts"
import { StorageGauge } from "../../../src/services/StorageGauge.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import {
  feedbackEvent,
  queryEvent,
  requestIdOf,
  responseEvent
} from "../../schema/EventExamples.ts"
import { exportedLines } from "./exportedLines.ts"

const zone = DateTime.zoneMakeNamedUnsafe("Europe/London")
const counting = { zone, prices: knownPrices }

/** The numbers that an export tells of, with lists as the mail cuts them. */
const inMail = ({ deadLetters: _, pipeline: __, ...report }: WeeklyReport) =>
  Object.fromEntries(
    Object.entries(report).map(([name, value]) => [
      name,
      Array.isArray(value) && name !== "hours" ? value.slice(0, listLengthMax) : value
    ])
  )

/** The week as the console shows it over an export of that week and the one before. */
const shown = Effect.fnUntraced(function* (weekId: WeekId) {
  const [before = weekId] = weeksBefore(weekId, 1)
  const lines: Array<string> = []
  for (const week of [before, weekId]) {
    lines.push(...(yield* exportedLines(periodOf(week, zone), true)))
  }
  const file = `${yield* temporaryFolder}/export.jsonl`
  writeFileSync(file, lines.join(""))
  const reports = yield* (yield* ReportLedger).reports(weeksBefore(weekId, 8))
  return yield* Effect.gen(function* () {
    const { group, week } = yield* ConsoleData
    const view = yield* week(weekId)
    const { topQuestions = [], unanswered = [] } = view.today ?? {}
    const groups = yield* Effect.forEach([...topQuestions, ...unanswered], (line) =>
      Effect.map(group(weekId, line.question), ({ isExact, lines }) => ({
        question: line.question,
        isExact,
        counted: line.asked,
        listed: lines.length
      }))
    )
    return { ...view, groups }
  }).pipe(
    Effect.provide(layerOfExport(file, { counting, reports, showsTexts: true })),
    Effect.provide(NodeServices.layer)
  )
})

type Group = Effect.Success<ReturnType<typeof shown>>["groups"][number]

const isWhole = ({ counted, isExact, listed }: Group): boolean => isExact && listed === counted

const questions = [
  "Do you know Kubernetes?",
  "do you know kubernetes",
  "Who won the match?",
  "Where do you live?",
  "Wo wohnst du?",
  "What is your day rate?",
  "hi",
  "Can I have your phone number?"
] as const

const Asked = Schema.Struct({
  question: Schema.Literals(questions),
  session: Schema.Literals(["a", "b", "c", "d"]),
  minute: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 14 * 24 * 60 - 1 })),
  matchType: Schema.Literals(["full", "partial", "none", "unknown"]),
  outcome: Schema.Literals(["answered", "answered", "failed"]),
  askedIn: Schema.Literals(["en", "de"]),
  agent: Schema.Literals(["person", "person", "bot"]),
  own: Schema.Boolean,
  vote: Schema.Literals(["none", "up", "down", "withdrawn"])
})

const fortnight = Arbitrary.array(Arbitrary.schema(Asked), { minLength: 30, maxLength: 60 })

const memory = Layer.mergeAll(
  InteractionStoreMemory.layer,
  ReportLedgerMemory.layer,
  MeaningStatic.layer,
  Layer.succeed(DeadLetterGauge, { count: Effect.succeedSome(3) }),
  Layer.succeed(PipelineMeter, { read: () => Effect.succeed({}) }),
  Layer.succeed(StorageGauge, { bytes: Effect.succeedNone })
)

const record = Effect.fnUntraced(function* (
  all: ReadonlyArray<typeof Asked.Type>,
  startMs: number
) {
  const store = yield* InteractionStore
  for (const [n, one] of all.entries()) {
    const key = { requestId: requestIdOf(n), timestamp: startMs + one.minute * 60_000 }
    const sessionId = SessionId.make(one.session)
    yield* store.record(
      Correlated.make({
        query: queryEvent({ ...key, sessionId, query: one.question }),
        response: responseEvent({
          ...key,
          sessionId,
          queryTimestamp: key.timestamp,
          matchType: one.matchType,
          outcome: one.outcome,
          model: `model-${n % 12}`
        })
      }),
      { agent: one.agent, askedIn: one.askedIn, ...(one.own ? { own: 1 as const } : {}) }
    )
    if (one.vote === "none") continue
    const { requestId, timestamp } = key
    yield* store.vote(
      feedbackEvent({ requestId, queryTimestamp: timestamp, rating: one.vote, comment: "so" })
    )
  }
})

describe("The numbers of a week in the console", () => {
  it.effect(
    "are those of the mail over the sample",
    () =>
      Effect.gen(function* () {
        const period = periodOf(sampleWeek, zone)
        const mail = yield* makeReport(period, counting)
        const { differences, frozen, groups, today } = yield* shown(sampleWeek)
        assert.deepStrictEqual(
          groups.filter((group) => !isWhole(group)),
          []
        )
        assert.isUndefined(frozen)
        assert.deepStrictEqual(differences, [])
        assert.deepStrictEqual(inMail(today!), inMail(mail))
        assert.isAbove(today!.topQuestions.length, listLengthMax)
      }).pipe(Effect.provide(sampleLayer(sampleWeek, zone))),
    120_000
  )

  it.effect.prop(
    "are those of the mail over random weeks",
    [fortnight],
    ([all]) =>
      Effect.gen(function* () {
        const week = WeekId.make("2026-W47")
        const period = periodOf(week, zone)
        yield* record(all, period.startMs - 7 * 86_400_000)
        yield* TestClock.setTime(period.endMs + 7 * 3_600_000)
        const mail = yield* makeReport(period, counting)
        const { groups, today } = yield* shown(week)
        assert.isTrue(groups.length > 0 && groups.every(isWhole))
        // models beyond the tenth are one in the mail
        const { models: _, otherModels: __, ...listed } = inMail(today!)
        const { models: ___, otherModels: ____, ...mailed } = inMail(mail)
        assert.deepStrictEqual(listed, mailed)
      }).pipe(Effect.provide(memory)),
    { arbitrary: { runs: 3 }, timeout: 120_000 }
  )

  it.effect("stand beside the frozen ones, with what came since", () =>
    Effect.gen(function* () {
      const week = WeekId.make("2026-W47")
      const period = periodOf(week, zone)
      const one = { question: "Where do you live?", session: "a", askedIn: "en" } as const
      const rest = { matchType: "full", outcome: "answered", agent: "person", own: false } as const
      const asked = (minute: number) => ({ ...one, ...rest, minute, vote: "none" }) as const
      yield* TestClock.setTime(period.endMs + 7 * 3_600_000)
      yield* record([asked(5)], period.startMs)
      const ledger = yield* ReportLedger
      const claim = yield* ledger.claim({ weekId: week, owner: "run-1", leaseSeconds: 60 })
      yield* ledger.freeze(claim, yield* makeReport(period, counting))
      yield* record([asked(5), asked(6)], period.startMs)
      const view = yield* shownWithOwn(week)
      assert.strictEqual(view.frozen?.questions, 1)
      assert.strictEqual(view.today?.questions, 2)
      assert.deepInclude(view.differences, { name: "questions", frozen: 1, today: 2 })
      assert.notInclude(view.differences.map(({ name }) => name).join(), "generatedAt")
    }).pipe(Effect.provide(memory))
  )
})

/** As {@link shown}, with the week's own frozen report. */
const shownWithOwn = Effect.fnUntraced(function* (weekId: WeekId) {
  const file = `${yield* temporaryFolder}/export.jsonl`
  writeFileSync(file, (yield* exportedLines(periodOf(weekId, zone), true)).join(""))
  const reports = yield* (yield* ReportLedger).reports([weekId])
  return yield* Effect.flatMap(ConsoleData, ({ week }) => week(weekId)).pipe(
    Effect.provide(layerOfExport(file, { counting, reports, showsTexts: false })),
    Effect.provide(NodeServices.layer)
  )
})
