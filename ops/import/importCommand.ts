import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { progress } from "../../cli/progress.ts"
import { failWith, inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { plural } from "../../cli/wording.ts"
import { orSay } from "../halfway.ts"
import { type Installation, onInstallation } from "../installation/Installation.ts"
import { checkPlace } from "../installation/installationFlags.ts"
import { checkTable } from "../installation/TableShape.ts"
import { manual } from "../manual.ts"
import { definitionsOf } from "../Place.ts"
import { zoneOf } from "../report/report.ts"
import { flags, type Input } from "./flags.ts"
import { type Events, type Imported, importHistory, verdicts } from "./importHistory.ts"
import { secondsFor } from "./Pace.ts"
import { previewHistory } from "./previewHistory.ts"
import { recognisedText } from "./recognised.ts"
import { sendRows } from "./sendRows.ts"
import { type Surveyed, survey } from "./survey.ts"

const verdictWords = {
  full: "answered fully",
  partial: "in part",
  none: "without a good answer",
  unknown: "with an answer that could not be read",
  failed: "failed",
  unanswered: "not answered at all"
} as const

/** `Questions: 1 answered fully, 99 without a good answer.` */
const answersText = (answers: Imported["answers"]): string => {
  const told = verdicts.filter((verdict) => answers[verdict] > 0)
  const words = told.map((verdict) => `${answers[verdict]} ${verdictWords[verdict]}`)
  return words.length === 0 ? "" : `\nQuestions: ${words.join(", ")}.`
}

const resultText = (counts: Imported, queue: string, dryRun: boolean): string => {
  const { answers, events, repeats, rows } = counts
  const rejected = Object.entries(counts.rejected)
    .filter(([, rejections]) => rejections > 0)
    .map(([reason, rejections]) => `${rejections} ${reason.replace("_", " ")}`)
  return (
    `${plural(rows - repeats, "row")} ${dryRun ? "would be put" : "put"} on ${queue} as ` +
    `${plural(events, "event")}.` +
    (repeats === 0 ? "" : ` ${plural(repeats, "row is", "rows are")} stored already.`) +
    answersText(answers) +
    (rejected.length === 0 ? "" : `\nRejected: ${rejected.join(", ")}.`)
  )
}

/** Tells the result, and fails if rows are lost that a mended file would bring. */
const tell = Effect.fnUntraced(function* (
  input: Input,
  queue: string,
  { fault, history, named }: Surveyed,
  counts: Imported
) {
  const { dryRun, file, json } = input
  const { firstMs, lastMs, line: _, ...numbers } = counts
  const { columns, form, format } = history
  const from = firstMs === undefined ? null : new Date(firstMs).toISOString()
  const to = lastMs === undefined ? null : new Date(lastMs).toISOString()
  const told = { file, format, form, columns, dryRun, from, to, ...numbers, lines: named }
  yield* Console.log(json ? JSON.stringify(told) : resultText(counts, queue, dryRun))
  if (fault !== undefined) return yield* fault
  const { expired, ...others } = counts.rejected
  const total = Object.values(others).reduce((sum, rows) => sum + rows, 0)
  if (total > 0) {
    return yield* failWith(`${plural(total, "row was", "rows were")} rejected: see above`)
  }
})

/** Sends the rows before a fault too, and then says where to go on. */
const send = (surveyed: Surveyed) =>
  Effect.fnUntraced(function* ({ definitions, queue, table }: Installation, input: Input) {
    const { writeUnits } = yield* checkTable(table)
    const advance = progress("rows sent", surveyed.counts.rows)
    let soFar = { rows: 0, line: 0 }
    const sending = sendRows({
      queue: yield* queue,
      table,
      secondsFor: (events: Events) =>
        Option.match(input.rate, {
          onNone: () => secondsFor(events, writeUnits),
          onSome: (rows) => 1 / rows
        })
    })
    const counts = yield* importHistory(
      {
        ...surveyed.choice,
        onSent: (sent) => {
          soFar = sent
          return advance(sent.rows)
        }
      },
      sending
    ).pipe(
      orSay(() =>
        soFar.rows === 0
          ? ""
          : `${plural(soFar.rows, "row")} before it: --from-line ${soFar.line + 1} continues`
      )
    )
    yield* tell(input, definitions.queue.name, surveyed, counts)
  })

const run = Effect.fn("import")(function* (input: Input) {
  const { dryRun, file, json, keepDates, timeFormat } = input
  const isPreview = keepDates === "none"
  if (!isPreview && (Option.isSome(input.week) || Option.isSome(input.out))) {
    return yield* refuse("--week and --out are for --keep-dates none")
  }
  yield* checkPlace(input)
  const definitions = yield* definitionsOf(input)
  const zone = zoneOf(input, definitions)
  const surveyed = yield* survey(input, zone)
  const { counts, history, times } = surveyed
  const said = recognisedText(file, history, counts, times, Option.isSome(timeFormat))
  yield* json ? Console.error(said) : Console.log(said)
  if (isPreview) return yield* previewHistory(surveyed, input, zone)
  if (dryRun) return yield* tell(input, definitions.queue.name, surveyed, counts)
  return yield* onInstallation(send(surveyed))(input)
}, inOneLine)

export const importCommand = Command.make("import", flags, run).pipe(
  manual({
    short: "import a history of this or another tool",
    long:
      "Puts a history on the queue as ordinary events: an export of ops, CSV or JSON of " +
      "questions and answers, conversations of ChatGPT, and exports of Langfuse, Helicone or " +
      "Dify. It says what it recognises before it sends. An answer without a matchType is " +
      "judged as the Worker judges it. Importing twice changes nothing, because a row always " +
      "gets the same request id. It names and counts rows that it cannot take, and imports the " +
      "rest.",
    examples: {
      "import history.csv --dry-run": "what it recognises, and which rows it would reject",
      "import history.csv": "into AWS, at the table's pace",
      'import chats.csv --map question=Prompt,timestamp="Created At"': "columns of other names",
      "import history.csv --from-line 4001": "continues after an interruption",
      "import last-year.csv --keep-dates none --out out": "its weeks as reports, stored nowhere"
    }
  })
)
