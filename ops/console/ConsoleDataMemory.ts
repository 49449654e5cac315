/** The console over given interactions and reports, such as those of an export. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Counting } from "../../src/programs/reporter/count.ts"
import { interactionKey, keyName } from "../../src/schema/Interaction.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import type { WeeklyReport } from "../../src/schema/report/WeeklyReport.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import type { ExportedEntry } from "../export/ExportedEntry.ts"
import { noPlatform } from "../report/noPlatform.ts"
import { clearly } from "../ServiceFault.ts"
import { ConsoleData, type Following } from "./ConsoleData.ts"
import { consoleDataOf } from "./consoleDataOf.ts"
import { Rows } from "./Rows.ts"
import { readExport } from "./readExport.ts"
import { turnOf } from "./turnOf.ts"

export interface Given {
  readonly name: string
  readonly entries: ReadonlyArray<ExportedEntry>
  readonly reports?: ReadonlyArray<WeeklyReport>
  readonly showsTexts: boolean
  readonly notices?: ReadonlyArray<string>
  readonly counting: Omit<Counting, "listLength">
}

const always = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER }

/** An old file is shown as in the week after its last question, when it could be counted. */
const afterwardsMs = 7 * 86_400_000

const still: Following = {
  kind: "following",
  state: "still",
  text: "An export stands still: it shows what was stored when it was made."
}

/** The services of a report that no export tells of. */
const numbersOf = (reports: ReadonlyArray<WeeklyReport>) =>
  Layer.mergeAll(
    noPlatform,
    Layer.mock(ReportLedger, {
      gaps: Effect.succeed([]),
      reports: (weeks) =>
        Effect.succeed(
          weeks.flatMap((week) => reports.filter(({ period }) => period.weekId === week))
        )
    })
  )

const make = Effect.fnUntraced(function* (given: Given) {
  const { counting, entries, name, notices = [], reports = [], showsTexts } = given
  const rows = yield* Effect.acquireRelease(
    Effect.sync(() => new Rows(":memory:", { keepsTexts: true })),
    (opened) => Effect.sync(() => opened.close())
  )
  rows.put(entries.map(({ entry }) => entry))
  const whole = new Map(
    entries.flatMap(({ interaction }) =>
      interaction === undefined ? [] : [[keyName(interactionKey(interaction)), interaction]]
    )
  )
  const exchangeOf = (summary: InteractionSummary) => {
    const interaction = whole.get(keyName(summary))
    return { summary, vote: summary.vote, ...(interaction && { interaction }) }
  }
  const { newest = 0 } = rows.totals(always)
  return yield* consoleDataOf(rows, {
    source: { kind: "file", name, showsTexts, holdsTexts: whole.size > 0, notices },
    counting,
    numbers: yield* Layer.build(numbersOf(reports)),
    get: (key) => Effect.succeed(Option.fromUndefinedOr(whole.get(keyName(key)))),
    now: Effect.map(Clock.currentTimeMillis, (now) => Math.min(now, newest + afterwardsMs)),
    hold: () => Effect.succeed({ isHeld: true }),
    asked: (period) => Effect.sync(() => rows.totals(period).held > 0),
    heldSince: Effect.succeed(0),
    conversation: (session) =>
      Effect.sync(() =>
        rows.ofSession(session).map((summary) => turnOf(exchangeOf(summary), showsTexts))
      ),
    health: Effect.succeed({ status: null, problems: [], freeTier: null, bill: null }),
    changes: Stream.make(still),
    clearly: clearly({ tableName: name, addressOf: () => name })
  })
})

export const layer = (given: Given) => Layer.effect(ConsoleData, make(given))

/** Shows the whole lines of an export, and says which others there are. */
export const layerOfExport = (file: string, given: Omit<Given, "entries" | "name" | "notices">) =>
  Layer.unwrap(Effect.map(readExport(file), (read) => layer({ ...given, ...read, name: file })))
