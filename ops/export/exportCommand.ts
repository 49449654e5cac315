import * as Clock from "effect/Clock"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { optionalValue, toggle } from "../../cli/flags.ts"
import { inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { retentionDays } from "../../src/schema/Retention.ts"
import { onInstallation } from "../installation/Installation.ts"
import { installationFlags } from "../installation/installationFlags.ts"
import { manual } from "../manual.ts"
import { formats } from "./ExportLine.ts"
import { exportInteractions } from "./exportInteractions.ts"

const dayMs = 86_400_000

const UtcDay = Schema.String.check(
  Schema.makeFilter(
    (text) =>
      (/^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toJSON()?.slice(0, 10) === text) ||
      "a day such as 2026-11-16"
  )
)

const day = (name: string, description: string) =>
  optionalValue(name, description, UtcDay).pipe(Flag.map(Option.map((text) => Date.parse(text))))

const flags = {
  from: day("from", "first UTC day, such as 2026-11-16 (default: the oldest that is kept)"),
  to: day("to", "last UTC day (default: today)"),
  format: Flag.Literals("format", formats).pipe(
    Flag.withDescription("csv for a spreadsheet, parquet for SQL, jsonl for ops import"),
    Flag.withDefault("jsonl")
  ),
  withText: toggle("with-text", "also write questions and answers"),
  out: optionalValue(
    "out",
    "a new file, which only its owner can read (default: standard output)",
    Schema.NonEmptyString
  ),
  resume: toggle("resume", "continue the file of an interrupted export"),
  ...installationFlags
}
type Input = Command.Command.Config.Infer<typeof flags>

const spanOf = Effect.fnUntraced(function* ({ format, from, json, out, resume, to }: Input) {
  if (format === "parquet" && Option.isNone(out)) return yield* refuse("parquet needs --out")
  if (format === "parquet" && resume) {
    return yield* refuse("a Parquet file is written whole: remove it, and start again")
  }
  if (Option.isNone(out) && resume) return yield* refuse("--resume needs --out")
  if (Option.isNone(out) && json) return yield* refuse("--json needs --out: it prints the counts")
  const now = yield* Clock.currentTimeMillis
  const today = now - (now % dayMs)
  const span = {
    startMs: Option.getOrElse(from, () => today - retentionDays * dayMs),
    endMs: Option.getOrElse(to, () => today) + dayMs
  }
  return span.startMs < span.endMs ? span : yield* refuse("--from lies after --to")
})

const run = Effect.fnUntraced(function* (given: Input) {
  const input = { ...given, span: yield* inOneLine(spanOf(given)) }
  return yield* onInstallation(exportInteractions)(input)
})

export const exportCommand = Command.make("export", flags, run).pipe(
  manual({
    short: "export interactions as CSV, JSON lines or Parquet",
    long:
      "Writes one interaction a line, in the order of the questions, and needs the memory of one " +
      "page. --resume continues an interrupted export without a missing or repeated line. " +
      "Questions and answers are written only with --with-text.",
    examples: {
      "export --local --format csv --out interactions.csv": "from npm start, without texts",
      "export --format parquet --out interactions.parquet": "for SQL: see docs/export.md",
      "export --with-text --out interactions.jsonl": "from AWS, to import it again",
      "export --with-text --out interactions.jsonl --resume": "continues after an interruption",
      "export --from 2026-11-16 --to 2026-11-22 | jq .matchType": "a week, to standard output"
    }
  })
)
