import * as Config from "effect/Config"
import * as Console from "effect/Console"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { toggle } from "../../cli/flags.ts"
import { progress } from "../../cli/progress.ts"
import { refuse } from "../../cli/runCommandLine.ts"
import { plural } from "../../cli/wording.ts"
import { type OwnPattern, OwnPatterns } from "../../src/schema/redaction/OwnPattern.ts"
import {
  applyPrivacy,
  PrivacyMode,
  privacyModeDefault
} from "../../src/schema/redaction/Privacy.ts"
import { makeRedactor } from "../../src/schema/redaction/Redaction.ts"
import { type Installation, onInstallation } from "../installation/Installation.ts"
import { type InstallationFlags, installationFlags } from "../installation/installationFlags.ts"
import { checkTable } from "../installation/TableShape.ts"
import { type Imported, importHistory, type Refusal } from "./importHistory.ts"
import { secondsFor } from "./Pace.ts"

interface Input extends InstallationFlags {
  readonly file: string
  readonly dryRun: boolean
  readonly fromLine: number
  readonly rate: Option.Option<number>
  readonly privacy: Option.Option<PrivacyMode>
  readonly patterns: ReadonlyArray<OwnPattern>
}

/** How many refusals are named one by one; all are counted. */
const namedMax = 100

/** The rest was imported: whoever counts on all of it has to look. */
class RowsRefused extends Data.TaggedError("RowsRefused")<{ readonly refused: number }> {
  override get message() {
    return `${plural(this.refused, "row was", "rows were")} refused`
  }
}

/** Up to where the file is done with. */
interface Reached {
  readonly rows: number
  readonly line: number
}

const goingOn = ({ line, rows }: Reached): string =>
  `${plural(rows, "row")} before it: --from-line ${line + 1} goes on`

class ImportInterrupted extends Data.TaggedError("ImportInterrupted")<
  Reached & { readonly detail: string }
> {
  override get message() {
    return this.rows === 0 ? this.detail : `${this.detail}; ${goingOn(this)}`
  }
}

const resultText = (
  { events, refused, rows }: Imported,
  queue: string,
  { dryRun }: Pick<Input, "dryRun">
): string => {
  const done = dryRun ? "would be put on" : "put on"
  const reasons = Object.entries(refused)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${count} ${reason}`)
  const left = reasons.length === 0 ? "" : `\nRefused: ${reasons.join(", ")}.`
  const more = dryRun ? "" : " Those that are stored already change nothing."
  return `${plural(rows, "row")} ${done} ${queue} as ${plural(events, "event")}.${more}${left}`
}

/** What another chatbot kept was never made private; what ours exported was, as its owner chose. */
const discretionOf = ({ file, patterns, privacy }: Input) => {
  const mode = Option.getOrElse(privacy, () =>
    file.endsWith(".csv") ? privacyModeDefault : "full"
  )
  return applyPrivacy(mode, makeRedactor(patterns))
}

const run = Effect.fnUntraced(function* (
  { definitions, queue, table }: Installation,
  input: Input
) {
  const { dryRun, file, fromLine, json, rate } = input
  if (!/\.(?:csv|jsonl)$/.test(file)) return yield* refuse(`${file} must end with .csv or .jsonl`)
  const { writeUnits } = yield* checkTable(table)
  const named: Array<Refusal> = []
  const advance = progress(dryRun ? "read" : "sent")
  let soFar = { rows: 0, line: fromLine - 1 }
  const following = {
    onRefused: (refusal: Refusal) => {
      if (named.push(refusal) > namedMax) named.pop()
      else return Console.error(`line ${refusal.line}: ${refusal.detail}`)
      return Effect.void
    },
    onSent: (counts: Imported) => {
      soFar = counts
      return advance(counts.rows)
    }
  }
  const pace = Option.match(rate, {
    onNone: () => (events: Parameters<typeof secondsFor>[0]) => secondsFor(events, writeUnits),
    onSome: (rows) => () => 1 / rows
  })
  const opened = dryRun ? undefined : yield* queue
  const choice = { file, fromLine, dryRun, discretion: discretionOf(input), secondsFor: pace }
  const counts = yield* importHistory(opened, choice, following).pipe(
    Effect.mapError(({ message }) => new ImportInterrupted({ detail: message, ...soFar })),
    Effect.onInterrupt(() => Console.error(`\nstopped; ${goingOn(soFar)}`))
  )
  const { events, refused, rows } = counts
  yield* Console.log(
    json
      ? JSON.stringify({ file, dryRun, rows, events, refused, lines: named })
      : resultText(counts, definitions.queue.name, { dryRun })
  )
  const total = Object.values(refused).reduce((sum, count) => sum + count, 0)
  if (total > 0) return yield* new RowsRefused({ refused: total })
})

const positive = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))

const flags = {
  file: Argument.String("file").pipe(
    Argument.withDescription("a .jsonl file of export --with-text, or a .csv file of a history")
  ),
  dryRun: toggle("dry-run", "check every row, and send none"),
  fromLine: Flag.Int("from-line").pipe(
    Flag.withDescription("pass over the rows before this line, which an earlier run has sent"),
    Flag.withSchema(positive),
    Flag.withDefault(1)
  ),
  rate: Flag.Int("rate").pipe(
    Flag.withDescription("rows a second; else half of what the table's write units carry"),
    Flag.withSchema(positive),
    Flag.optional
  ),
  privacy: Flag.Literals("privacy", PrivacyMode.literals).pipe(
    Flag.withDescription("what of the texts is kept; redacted for .csv, and .jsonl as it is"),
    Flag.optional
  ),
  patterns: Flag.String("patterns").pipe(
    Flag.withDescription("your own patterns of what is redacted; else REDACTION_PATTERNS"),
    Flag.withFallbackConfig(Config.String("REDACTION_PATTERNS")),
    Flag.withSchema(OwnPatterns),
    Flag.withDefault([])
  ),
  ...installationFlags
}

export const importCommand = Command.make("import", flags, (given) =>
  onInstallation(given, (installation) => run(installation, given))
).pipe(
  Command.withDescription(
    "Puts a history on the queue as ordinary events: JSON lines as export --with-text writes " +
      "them, or CSV with a first line that names question, answer and timestamp (and, where they " +
      "are known, sessionId, matchType and others: see docs/operations.md). The same row always " +
      "gets the same request id, so to import it again changes nothing. Rows that are wrong, and " +
      "rows that are older than what is kept, are named by line and counted; the rest is imported."
  ),
  Command.withShortDescription("a history, from JSON lines or CSV"),
  Command.withExamples([
    {
      command: "npm run ops -- import interactions.jsonl --local --dry-run",
      description: "what would be imported, and which rows are wrong"
    },
    { command: "npm run ops -- import history.csv", description: "into AWS, at the table's pace" },
    {
      command: "npm run ops -- import history.csv --from-line 4001",
      description: "and on, after an interruption"
    }
  ])
)
