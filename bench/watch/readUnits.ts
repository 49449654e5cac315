/** The read units of a run on a weekday of a busy site, as the engine counts them. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Stream from "effect/Stream"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { createTable } from "../../local/dynamodb/createTable.ts"
import { start } from "../../local/dynamodb/DynamoDbEngine.ts"
import * as AgentClassifierIsbot from "../../src/layers/AgentClassifierIsbot.ts"
import { DynamoDb } from "../../src/layers/dynamodb/DynamoDb.ts"
import * as InteractionStoreDynamoDb from "../../src/layers/InteractionStoreDynamoDb.ts"
import * as LanguageDetectorEld from "../../src/layers/LanguageDetectorEld.ts"
import * as ReportLedgerDynamoDb from "../../src/layers/ReportLedgerDynamoDb.ts"
import { watch } from "../../src/programs/reporter/watch/watch.ts"
import { periodOf, utcWeekId } from "../../src/schema/IsoWeek.ts"
import { summarize } from "../../src/schema/report/summarize.ts"
import { empty, observe } from "../../src/schema/report/WeeklyTally.ts"
import { Channels } from "../../src/services/Channels.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { Mailer } from "../../src/services/Mailer.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { attach } from "../processor/Meter.ts"
import { newClient } from "../processor/Sides.ts"
import { asNewRequest, readSamples } from "../processor/samples.ts"
import { store } from "../reporter/readUnits.ts"
import { dayMs, hourMs, weeksBefore, weeksOf, zone } from "./Calendar.ts"
import { clockAt, judgedTime, minuteMs, options } from "./runWatch.ts"
import { prices } from "./Site.ts"
import { historyOf } from "./SiteHistory.ts"

const seed = 3
const [firstMonday] = judgedTime(seed)

/** A run at noon reads the whole day, and an hour later it does not. */
const noon = firstMonday + 2 * dayMs + 12 * hourMs + minuteMs

/** The demo's questions at the times of the simulated site. */
const storeDay = Effect.gen(function* () {
  const { demo } = yield* readSamples()
  const asked = historyOf({ name: "busy", perWeek: 10_000, isCalm: true }, seed).asked.filter(
    ({ summary: { timestamp } }) => timestamp > noon - dayMs - hourMs && timestamp < noon + hourMs
  )
  const samples = asked.flatMap(({ summary: { sessionId, timestamp } }, n) => {
    const sample = demo[n % demo.length]
    if (sample === undefined) return []
    const { query, response } = asNewRequest(sample)
    return {
      query: { ...query, sessionId, timestamp },
      response: { ...response, sessionId, timestamp: timestamp + 1000, queryTimestamp: timestamp }
    }
  })
  yield* Effect.forEach(samples, store, { concurrency: 4, discard: true })
})

/** Eight reports whose lists are as long as a busy week's. */
const freezeReports = Effect.gen(function* () {
  const [{ summaries }, ledger] = [yield* InteractionStore, yield* ReportLedger]
  const tally = empty()
  yield* Stream.runForEach(summaries(periodOf(utcWeekId(noon), zone)), (entry) =>
    Effect.sync(() => observe(tally, entry))
  )
  for (const weekId of weeksOf(seed).slice(0, weeksBefore)) {
    const period = periodOf(weekId, zone)
    const claim = yield* ledger.claim({ weekId, owner: "bench", leaseSeconds: 60 })
    yield* ledger.freeze(
      claim,
      summarize(tally, { period, generatedAt: noon, prices, zone, earlier: [] })
    )
    yield* ledger.confirm(claim, "simulated")
  }
})

const services = (client: DynamoDBClient, tableName: string) =>
  Layer.mergeAll(
    InteractionStoreDynamoDb.layer({ tableName }),
    ReportLedgerDynamoDb.layer({ tableName }),
    AgentClassifierIsbot.layer,
    LanguageDetectorEld.layer,
    Layer.succeed(Channels, []),
    Layer.succeed(Mailer, { send: () => Effect.succeed({ messageId: "simulated" }) }),
    Logger.layer([])
  ).pipe(Layer.provide(Layer.succeed(DynamoDb, client)))

export const measureReadUnits = Effect.fnUntraced(function* () {
  const definitions = yield* readDefinitions()
  const { endpoint, engine } = yield* start({ port: 0, folder: undefined })
  const client = yield* newClient(endpoint)
  yield* createTable(client, { ...definitions, ttlAttribute: undefined })
  let now = noon
  const run = Effect.gen(function* () {
    yield* storeDay
    yield* freezeReports
    const meter = attach(client)
    const unitsAt = Effect.fnUntraced(function* (time: number) {
      now = time
      yield* watch("run", 0, options)
      return meter.read().readUnits
    })
    return { day: yield* unitsAt(noon), hour: yield* unitsAt(noon + hourMs) }
  })
  const units = yield* run.pipe(
    Effect.provide(services(client, definitions.table.TableName)),
    Effect.provideService(
      Clock.Clock,
      clockAt(() => now)
    )
  )
  return { engine, ...units }
})
