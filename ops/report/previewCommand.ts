import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { toggle } from "../../cli/flags.ts"
import { inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { compose } from "../../src/programs/reporter/compose.ts"
import { manual } from "../manual.ts"
import { definitionsOf } from "../Place.ts"
import { openInBrowser, writePreview } from "./Preview.ts"
import {
  localRecipients,
  numbersAsked,
  numbersOf,
  numbersText,
  optionsOf,
  report,
  weekFlag
} from "./report.ts"
import * as Sample from "./Sample.ts"
import { systemOf } from "./System.ts"

const flags = {
  week: weekFlag,
  from: Flag.Literals("from", ["sample"]).pipe(
    Flag.withDescription("a made-up week in place of a table; needs no running system"),
    Flag.optional
  ),
  out: Flag.String("out").pipe(
    Flag.withDescription("folder of the files, which are overwritten"),
    Flag.withDefault("out")
  ),
  open: toggle("open", "show report.html in the browser")
}
type Input = Command.Command.Config.Infer<typeof flags>

/** The numbers with their source, and the options that made them. */
const numbers = Effect.fnUntraced(function* ({ from, week }: Input) {
  const given = yield* report
  const options = optionsOf(given, yield* definitionsOf(given), localRecipients)
  if (Option.isNone(from)) {
    const system = yield* systemOf(given)
    const found = yield* numbersAsked(week, options).pipe(
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
  const found = yield* numbersOf(sampleWeek, options).pipe(
    Effect.provide(Sample.layer(sampleWeek, options.zone))
  )
  return { ...found, options, source: "sample" }
})

const run = Effect.fn("report.preview")(function* (input: Input) {
  const { json } = yield* report
  const found = yield* numbers(input)
  const message = compose(found.report, found.options)
  const files = yield* writePreview(input.out, message)
  const opened = input.open && (yield* openInBrowser(files.html))
  const { frozen, source } = found
  const emptyWeek = "emptyWeek" in found ? found.emptyWeek : undefined
  const { generatedAt, period, questions } = found.report
  const { subject } = message
  yield* Console.log(
    json
      ? JSON.stringify({
          files,
          week: period.weekId,
          questions,
          subject,
          source,
          frozen,
          generatedAt,
          opened,
          emptyWeek
        })
      : [
          `${numbersText(found)} (${source}). Nothing was sent.`,
          ...Object.values(files).map((file) => `  ${file}`),
          ...(input.open && !opened ? [`No browser was found: open ${files.html} yourself.`] : [])
        ].join("\n")
  )
}, inOneLine)

export const previewCommand = Command.make("preview", flags, run).pipe(
  manual({
    short: "write a week's e-mail to files",
    long:
      "Writes a week's e-mail as report.html, report.txt and report.eml, and sends nothing. It " +
      "shows the frozen numbers of a reported week, and otherwise counts the week as it stands. " +
      "Without --week it takes the last complete week, or the running one where only that has any.",
    examples: {
      "report preview --from sample --open": "a made-up week",
      "report preview --local": "the questions that npm start was asked",
      "report preview --week 2026-W46 --region eu-west-1 --out /tmp/w46": "a week of AWS"
    }
  })
)
