import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { toggle } from "../../cli/flags.ts"
import { inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { compose } from "../../src/programs/reporter/compose.ts"
import type { WeekId } from "../../src/schema/IsoWeek.ts"
import { definitionsOf } from "../Place.ts"
import { numbersOf, numbersText } from "./numbers.ts"
import { openInBrowser } from "./openInBrowser.ts"
import { writePreview } from "./PreviewFiles.ts"
import { localRecipients, optionsOf, report, weekFlag, weekOf } from "./report.ts"
import * as Sample from "./Sample.ts"
import { systemOf } from "./System.ts"

interface Input {
  readonly week: Option.Option<WeekId>
  readonly from: Option.Option<"sample">
  readonly out: string
  readonly open: boolean
}

/** The numbers, where they are from, and the options that they were made with. */
const numbers = Effect.fnUntraced(function* ({ from, week }: Input) {
  const given = yield* report
  const options = optionsOf(given, yield* definitionsOf(given), localRecipients)
  if (Option.isNone(from)) {
    const system = yield* systemOf(given)
    const found = yield* numbersOf(yield* weekOf(week, options.zone), options).pipe(
      Effect.provide(system.numbers),
      system.clearly
    )
    return { ...found, options, source: system.name }
  }
  const places = [given.port, given.region, given.endpoint, given.table]
  if (given.local || places.some((place) => Option.isSome<unknown>(place))) {
    return yield* refuse("--from sample excludes --local and every flag of another place")
  }
  const sampleWeek = Option.getOrElse(week, () => Sample.sampleWeek)
  const prices = [...options.prices, ...Sample.samplePrices]
  const found = yield* numbersOf(sampleWeek, { ...options, prices }).pipe(
    Effect.provide(Sample.layer(sampleWeek, options.zone))
  )
  return { ...found, options, source: "sample" }
})

const preview = Effect.fnUntraced(function* (input: Input) {
  const { json } = yield* report
  const found = yield* numbers(input)
  const message = compose(found.report, found.options)
  const files = yield* writePreview(input.out, message)
  const opened = input.open && (yield* openInBrowser(files.html))
  const { generatedAt, period, questions } = found.report
  yield* Console.log(
    json
      ? JSON.stringify({
          files,
          week: period.weekId,
          questions,
          subject: message.subject,
          source: found.source,
          frozen: found.frozen,
          generatedAt,
          opened
        })
      : [
          `${numbersText(found)} (${found.source}). Nothing was sent.`,
          ...Object.values(files).map((file) => `  ${file}`),
          ...(input.open && !opened ? [`No program here opens it: see ${files.html}`] : [])
        ].join("\n")
  )
}, inOneLine)

export const previewCommand = Command.make(
  "preview",
  {
    week: weekFlag,
    from: Flag.Literals("from", ["sample"]).pipe(
      Flag.withDescription("a made-up week in place of a table; nothing has to run"),
      Flag.optional
    ),
    out: Flag.String("out").pipe(
      Flag.withDescription("folder of the files, which are overwritten"),
      Flag.withDefault("out")
    ),
    open: toggle("open", "show report.html in the browser")
  },
  preview
).pipe(
  Command.withDescription(
    "Writes the e-mail of a week as report.html, report.txt and report.eml, and sends nothing. " +
      "It shows the frozen numbers once the week was reported, and until then the week as it " +
      "stands."
  ),
  Command.withShortDescription("a week's e-mail as files"),
  Command.withExamples([
    {
      command: "npm run ops -- report preview --from sample --open",
      description: "a made-up week"
    },
    { command: "npm run ops -- report preview --local", description: "of npm start" },
    {
      command: "npm run ops -- report preview --week 2026-W46 --region eu-west-1 --out /tmp/w46",
      description: "of AWS"
    }
  ])
)
