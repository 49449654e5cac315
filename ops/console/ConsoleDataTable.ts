/** The console over an installation's table, or over the system of this machine. */
import * as Cache from "effect/Cache"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { interactionOf, keyAttributes } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { InteractionKey } from "../../src/schema/Interaction.ts"
import { periodOf, type WeekId } from "../../src/schema/IsoWeek.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { exchangesOf, findConversation } from "../conversation/readConversation.ts"
import { getItems } from "../installation/StoredItems.ts"
import { checkTable } from "../installation/TableShape.ts"
import { newestIn } from "../installation/WeekIndex.ts"
import { systemOf } from "../report/System.ts"
import { openCache } from "./Cache.ts"
import { ConsoleData } from "./ConsoleData.ts"
import { consoleDataOf } from "./consoleDataOf.ts"
import { followInstallation } from "./followInstallation.ts"
import { installationHealth } from "./installationHealth.ts"
import type { Opening } from "./Opening.ts"
import { Rows } from "./Rows.ts"
import { turnOf } from "./turnOf.ts"

/** The system of this machine is read again at once, so that it needs no file. */
const openRows = ({ installation, source }: Opening, identity: string) =>
  installation.isLocal
    ? Effect.acquireRelease(
        Effect.sync(() => new Rows(":memory:", { keepsTexts: true })),
        (rows) => Effect.sync(() => rows.close())
      ).pipe(Effect.map((rows) => ({ rows, notices: [] })))
    : openCache(identity, { keepsTexts: source.showsTexts })

/** An erasure rewrites a frozen report, so that none is kept for long. */
const reportsKeptFor = "1 minute"

const withKnownReports = Effect.fnUntraced(function* (numbers: Context.Context<ReportLedger>) {
  const ledger = Context.get(numbers, ReportLedger)
  const known = yield* Cache.make({
    capacity: 30,
    timeToLive: reportsKeptFor,
    lookup: (week: WeekId) => ledger.reports([week])
  })
  return ReportLedger.of({
    ...ledger,
    reports: (weeks) =>
      Effect.forEach(weeks, (week) => Cache.get(known, week), { concurrency: 4 }).pipe(
        Effect.map((reports) => reports.flat())
      )
  })
})

const make = Effect.fnUntraced(function* (opening: Opening) {
  const { counting, given, installation, source } = opening
  const { clearly, table } = installation
  const { identity } = yield* clearly(checkTable(table))
  const { notices, rows } = yield* openRows(opening, identity)
  const following = yield* followInstallation({ ...opening, rows })
  const { numbers } = yield* systemOf(given)
  const services = yield* Layer.build(numbers)
  const answers = yield* Cache.make({
    capacity: 100,
    timeToLive: "10 minutes",
    lookup: (key: InteractionKey) =>
      Effect.map(getItems(following.table, [keyAttributes(key)]), (items) =>
        Option.fromUndefinedOr([...items.values()].map(interactionOf)[0])
      )
  })
  const asked = yield* Cache.make({
    capacity: 30,
    timeToLive: "1 hour",
    lookup: (weekId: WeekId) =>
      Effect.map(newestIn(table, periodOf(weekId, counting.zone)), (at) => at !== undefined)
  })
  return yield* consoleDataOf(rows, {
    source: { ...source, holdsTexts: true, notices },
    counting,
    numbers: Context.add(services, ReportLedger, yield* withKnownReports(services)),
    get: (key) => Cache.get(answers, key),
    now: Clock.currentTimeMillis,
    hold: following.hold,
    asked: ({ weekId }) => Cache.get(asked, weekId),
    heldSince: following.heldSince,
    conversation: (session) =>
      findConversation(following.table, session).pipe(
        Effect.flatMap((items) => Stream.runCollect(exchangesOf(following.table, items))),
        Effect.map((exchanges) =>
          exchanges.flatMap((one) => (one === undefined ? [] : [turnOf(one, source.showsTexts)]))
        )
      ),
    health: yield* installationHealth(opening, rows),
    changes: following.changes,
    clearly
  })
})

export const layer = (opening: Opening) => Layer.effect(ConsoleData, make(opening))
