/** An old history's weeks as the reports that they would have been; nothing of it is stored. */
import * as Clock from "effect/Clock"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Path from "effect/Path"
import * as AgentClassifierIsbot from "../../src/layers/AgentClassifierIsbot.ts"
import * as InteractionStoreMemory from "../../src/layers/InteractionStoreMemory.ts"
import * as LanguageDetectorEld from "../../src/layers/LanguageDetectorEld.ts"
import * as ReportLedgerMemory from "../../src/layers/ReportLedgerMemory.ts"
import { enrich, tellers } from "../../src/programs/processor/enrich.ts"
import { compose, type Mailing } from "../../src/programs/reporter/compose.ts"
import type { Counting } from "../../src/programs/reporter/count.ts"
import { makeReport } from "../../src/programs/reporter/program.ts"
import { correlate, eventKey } from "../../src/schema/Interaction.ts"
import { periodOf, utcWeekId, type WeekId, wallClock } from "../../src/schema/IsoWeek.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { clockAt } from "../clockAt.ts"
import { noPlatform } from "../report/noPlatform.ts"
import { writePreview } from "../report/Preview.ts"
import type { Events } from "./importHistory.ts"

/** Stores rows as the processor would, and remembers their weeks. */
export const keepInMemory = Effect.fnUntraced(function* (zone: DateTime.TimeZone) {
  const [store, traitTellers] = [yield* InteractionStore, yield* tellers]
  const weeks = new Set<WeekId>()
  const keep = Effect.fnUntraced(function* (rows: ReadonlyArray<Events>) {
    for (const event of rows.flat()) {
      weeks.add(utcWeekId(wallClock(eventKey(event).timestamp, zone)))
      if (event.eventType === "feedback") yield* store.vote(event)
      else {
        const half = correlate(undefined, event)
        yield* store.record(half, enrich(half, traitTellers).traits)
      }
    }
    return rows
  })
  return { keep, weeks }
})

/** Everything that such a report needs, in this process. */
export const memory = Layer.mergeAll(
  InteractionStoreMemory.layer,
  ReportLedgerMemory.layer,
  AgentClassifierIsbot.layer,
  LanguageDetectorEld.layer,
  noPlatform
)

/** The morning on which the report of a week is made. */
const mondayMorning = (endMs: number): number => endMs + 7 * 3_600_000

/** Writes the report of one week, and keeps its numbers for the trend of the next. */
export const previewWeek = Effect.fn("import.previewWeek")(
  function* (weekId: WeekId, out: string | undefined, options: Counting & Mailing) {
    const period = periodOf(weekId, options.zone)
    const [ledger, path] = [yield* ReportLedger, yield* Path.Path]
    const claim = yield* ledger.claim({ weekId, owner: "import", leaseSeconds: 60 })
    const report = yield* makeReport(period, options)
    yield* ledger.freeze(claim, report)
    yield* ledger.confirm(claim, `import-${weekId}`)
    const message = compose(report, options)
    const files =
      out === undefined ? undefined : yield* writePreview(path.join(out, weekId), message)
    return { weekId, questions: report.questions, text: message.text, files }
  },
  (effect, weekId, _, { zone }) =>
    Effect.flatMap(clockAt(mondayMorning(periodOf(weekId, zone).endMs)), (clock) =>
      Effect.provideService(effect, Clock.Clock, clock)
    )
)
