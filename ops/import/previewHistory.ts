/** Shows an old history's weeks as the reports that they would have been, and stores none. */
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import { failWith } from "../../cli/runCommandLine.ts"
import { plural } from "../../cli/wording.ts"
import * as AgentClassifierIsbot from "../../src/layers/AgentClassifierIsbot.ts"
import * as InteractionStoreMemory from "../../src/layers/InteractionStoreMemory.ts"
import * as LanguageDetectorEld from "../../src/layers/LanguageDetectorEld.ts"
import * as ReportLedgerMemory from "../../src/layers/ReportLedgerMemory.ts"
import { enrich, tellers } from "../../src/programs/processor/enrich.ts"
import { compose, type Mailing } from "../../src/programs/reporter/compose.ts"
import type { Counting } from "../../src/programs/reporter/count.ts"
import { makeReport } from "../../src/programs/reporter/program.ts"
import { version } from "../../src/runtime/version.ts"
import { correlate, eventKey } from "../../src/schema/Interaction.ts"
import { periodOf, utcWeekId, type WeekId, wallClock } from "../../src/schema/IsoWeek.ts"
import { pricesOf } from "../../src/schema/report/KnownPrices.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { clockAt } from "../clockAt.ts"
import { noPlatform } from "../report/noPlatform.ts"
import { writePreview } from "../report/Preview.ts"
import { localRecipients } from "../report/report.ts"
import type { Input } from "./flags.ts"
import { type Events, importHistory } from "./importHistory.ts"
import type { Surveyed } from "./survey.ts"

/** Stores rows as the processor would, and remembers their weeks. */
const keepInMemory = Effect.fnUntraced(function* (zone: DateTime.TimeZone) {
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
const memory = Layer.mergeAll(
  InteractionStoreMemory.layer,
  ReportLedgerMemory.layer,
  AgentClassifierIsbot.layer,
  LanguageDetectorEld.layer,
  noPlatform
)

/** The morning on which the report of a week is made. */
const mondayMorning = (endMs: number): number => endMs + 7 * 3_600_000

/** Writes the report of one week, and keeps its numbers for the trend of the next. */
const previewWeek = Effect.fn("import.previewWeek")(
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

/** Counts the weeks up to the one that is asked for, so that it has its trend. */
export const previewHistory = Effect.fn("import.previewHistory")(function* (
  { choice }: Surveyed,
  input: Input,
  zone: DateTime.TimeZone.Named
) {
  const { keep, weeks } = yield* keepInMemory(zone)
  yield* importHistory(choice, keep)
  const [sender = "owner@example.com"] = localRecipients
  const options = {
    zone,
    prices: pricesOf(input.prices),
    language: input.language,
    siteName: input.site,
    from: sender,
    to: localRecipients,
    questions: "shown",
    version
  } as const
  const asked = Option.getOrUndefined(input.week)
  if (asked !== undefined && !weeks.has(asked)) {
    return yield* failWith(`${input.file} has no question of ${asked}`)
  }
  const until = [...weeks].toSorted().filter((week) => asked === undefined || week <= asked)
  const told: Array<object> = []
  for (const week of until) {
    const isShown = asked === undefined || asked === week
    const out = isShown ? Option.getOrUndefined(input.out) : undefined
    const { files, questions, text } = yield* previewWeek(week, out, options)
    if (!isShown) continue
    told.push({ week, questions, ...(files === undefined ? {} : { files }) })
    const count = plural(questions, "question")
    const said = files === undefined ? text : `${week}: ${count}, ${files.html}, ${files.txt}`
    if (!input.json) yield* Console.log(said)
  }
  yield* Console.log(
    input.json ? JSON.stringify({ file: input.file, weeks: told }) : "Nothing was stored."
  )
}, Effect.provide(memory))
