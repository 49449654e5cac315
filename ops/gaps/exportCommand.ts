import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { inOneLine } from "../../cli/runCommandLine.ts"
import { csvLine } from "../csv/Csv.ts"
import { manual } from "../manual.ts"
import { currentGaps, type GapView } from "./currentGaps.ts"
import { fileOf, gaps } from "./gaps.ts"

const flags = {
  format: Flag.Literals("format", ["csv", "json"]).pipe(
    Flag.withDescription("csv for a spreadsheet, or one JSON array"),
    Flag.withDefault("json")
  )
}

const timeOf = (ms: number | undefined): string | undefined =>
  ms === undefined || ms === 0 ? undefined : new Date(ms).toISOString()

const columns = ["id", "state", "since", "name", "why", "answered", "lastAsked", "lastMissed"]

const lineOf = (gap: GapView): string =>
  csvLine([
    gap.id,
    gap.state,
    timeOf(gap.since),
    gap.name,
    gap.why,
    timeOf(gap.answeredAt),
    timeOf(gap.lastAsked),
    timeOf(gap.lastMissed),
    gap.wordings.join("\n")
  ])

const objectOf = ({ asked: _, missed: __, ...gap }: GapView) => ({
  ...gap,
  since: timeOf(gap.since),
  answeredAt: timeOf(gap.answeredAt),
  lastAsked: timeOf(gap.lastAsked),
  lastMissed: timeOf(gap.lastMissed)
})

const run = Effect.fn("gaps.export")(function* ({
  format
}: Command.Command.Config.Infer<typeof flags>) {
  const { views } = yield* currentGaps(yield* fileOf(yield* gaps))
  const text =
    format === "csv"
      ? [csvLine([...columns, "wordings"]), ...views.map(lineOf)].join("")
      : JSON.stringify(views.map(objectOf), undefined, 2)
  yield* Console.log(text.trimEnd())
}, inOneLine)

export const exportCommand = Command.make("export", flags, run).pipe(
  manual({
    short: "print the gaps for a spreadsheet or a program",
    long:
      "Prints the gaps of the file with their states and wordings, as JSON or CSV. It reads no " +
      "question.",
    examples: { "gaps export --format csv | head": "for a spreadsheet" }
  })
)
