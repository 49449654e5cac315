import * as Config from "effect/Config"
import * as Console from "effect/Console"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { count, toggle } from "../../cli/flags.ts"
import { progress } from "../../cli/progress.ts"
import { failWith } from "../../cli/runCommandLine.ts"
import { plural } from "../../cli/wording.ts"
import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"
import { OwnPatterns } from "../../src/schema/redaction/OwnPatterns.ts"
import {
  applyPrivacy,
  privacyModeDefault,
  privacyModes
} from "../../src/schema/redaction/Privacy.ts"
import { makeRedactor } from "../../src/schema/redaction/Redaction.ts"
import { orSay } from "../halfway.ts"
import { type Installation, onInstallation } from "../installation/Installation.ts"
import { installationFlags } from "../installation/installationFlags.ts"
import { checkTable } from "../installation/TableShape.ts"
import { manual } from "../manual.ts"
import { type Imported, importHistory, type RejectedRow, verdicts } from "./importHistory.ts"
import { secondsFor } from "./Pace.ts"

const HistoryFile = Schema.String.check(
  Schema.isPattern(/\.(?:csv|jsonl)$/, { expected: "a file that ends with .csv or .jsonl" })
)

const flags = {
  file: Argument.String("file").pipe(
    Argument.withDescription("a .jsonl file of ops export --with-text, or a .csv file"),
    Argument.withSchema(HistoryFile)
  ),
  dryRun: toggle("dry-run", "check every row, and send none"),
  fromLine: count("from-line", "skip the rows before this line", { minimum: 1 }).pipe(
    Flag.withDefault(1)
  ),
  rate: count("rate", "rows a second (default: half of the table's write units)", {
    minimum: 1
  }).pipe(Flag.optional),
  privacy: Flag.Literals("privacy", privacyModes).pipe(
    Flag.withDescription("what to keep of texts (default: redacted for .csv, full for .jsonl)"),
    Flag.optional
  ),
  patterns: Flag.String("patterns").pipe(
    Flag.withDescription("your own patterns to redact (default: CV_ANALYTICS_REDACTION_PATTERNS)"),
    Flag.withFallbackConfig(Config.String("CV_ANALYTICS_REDACTION_PATTERNS")),
    Flag.withSchema(OwnPatterns),
    Flag.withDefault([])
  ),
  ...installationFlags
}
type Input = Command.Command.Config.Infer<typeof flags>

/** Names this many rejected rows one by one, and counts all. */
const namedMax = 100

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
  const rejected = Object.entries(counts.rejected)
    .filter(([, rows]) => rows > 0)
    .map(([reason, rows]) => `${rows} ${reason}`)
  return (
    `${plural(counts.rows, "row")} ${dryRun ? "would be put" : "put"} on ${queue} as ` +
    `${plural(counts.events, "event")}.` +
    (dryRun ? "" : " Events that are already stored change nothing.") +
    answersText(counts.answers) +
    (rejected.length === 0 ? "" : `\nRejected: ${rejected.join(", ")}.`)
  )
}

/** A .jsonl file holds texts that its owner chose to keep; a .csv file comes from anywhere. */
const privacyOf = ({ file, patterns, privacy }: Input) => {
  const mode = file.endsWith(".csv") ? privacyModeDefault : "full"
  return applyPrivacy(
    Option.getOrElse(privacy, () => mode),
    makeRedactor(patterns)
  )
}

const run = Effect.fn("import")(function* (
  { definitions, queue, table }: Installation,
  input: Input
) {
  const { dryRun, file, fromLine, json, rate } = input
  const { writeUnits } = yield* checkTable(table)
  const named: Array<RejectedRow> = []
  const advance = progress(dryRun ? "read" : "sent")
  let soFar = { rows: 0, line: 0 }
  const counts = yield* importHistory(dryRun ? undefined : yield* queue, {
    file,
    fromLine,
    makePrivate: privacyOf(input),
    secondsFor: (events: ReadonlyArray<AnalyticsEvent>) =>
      Option.match(rate, {
        onNone: () => secondsFor(events, writeUnits),
        onSome: (rows) => 1 / rows
      }),
    onRejected: (row) => {
      if (named.length === namedMax) return Effect.void
      named.push(row)
      return Console.error(`line ${row.line}: ${row.detail}`)
    },
    onSent: (sent) => {
      soFar = sent
      return advance(sent.rows)
    }
  }).pipe(
    orSay(() =>
      soFar.rows === 0
        ? ""
        : `${plural(soFar.rows, "row")} before it: --from-line ${soFar.line + 1} continues`
    )
  )
  const { answers, events, rejected, rows } = counts
  yield* Console.log(
    json
      ? JSON.stringify({ file, dryRun, rows, events, answers, rejected, lines: named })
      : resultText(counts, definitions.queue.name, dryRun)
  )
  const total = Object.values(rejected).reduce((sum, reason) => sum + reason, 0)
  if (total > 0) {
    return yield* failWith(`${plural(total, "row was", "rows were")} rejected: see above`)
  }
})

export const importCommand = Command.make("import", flags, onInstallation(run)).pipe(
  manual({
    short: "import a history from JSON lines or CSV",
    long:
      "Puts a history on the queue as ordinary events. It reads JSON lines of export " +
      "--with-text, or CSV whose first line names question, answer and timestamp, and perhaps " +
      "the other columns of docs/operations.md. An answer without a matchType is judged as the " +
      "Worker judges it. Importing twice changes nothing, because a row " +
      "always gets the same request id. It names and counts malformed and expired rows, and " +
      "imports the rest.",
    examples: {
      "import interactions.jsonl --local --dry-run": "which rows it would import or reject",
      "import history.csv": "into AWS, at the table's pace",
      "import history.csv --from-line 4001": "continues after an interruption"
    }
  })
)
