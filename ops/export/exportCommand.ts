import * as Clock from "effect/Clock"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { optionalText, toggle } from "../../cli/flags.ts"
import { inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { retentionDays } from "../../src/schema/Retention.ts"
import { onInstallation } from "../installation/Installation.ts"
import { installationFlags } from "../installation/installationFlags.ts"
import { formats } from "./ExportLine.ts"
import { type ExportInput, exportInteractions } from "./exportInteractions.ts"

const dayMs = 86_400_000

const UtcDay = Schema.String.check(
  Schema.makeFilter(
    (text) =>
      (/^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toJSON()?.slice(0, 10) === text) ||
      "a day such as 2026-11-16"
  )
)

const day = (name: string, description: string) =>
  Flag.String(name).pipe(
    Flag.withDescription(description),
    Flag.withSchema(UtcDay),
    Flag.map((text) => Date.parse(text)),
    Flag.optional
  )

const flags = {
  from: day("from", "first UTC day, such as 2026-11-16; the oldest that is kept without it"),
  to: day("to", "last UTC day, which is included; today without it"),
  format: Flag.Literals("format", formats).pipe(
    Flag.withDescription("csv for a spreadsheet; jsonl can be imported again"),
    Flag.withDefault("jsonl")
  ),
  withText: toggle("with-text", "also what visitors asked and were answered, whole"),
  out: optionalText("out", "a new file, which only its owner can read; else standard output"),
  resume: toggle("resume", "go on with a file that an interrupted export left"),
  ...installationFlags
}

const checked = Effect.fnUntraced(function* (given: {
  readonly from: Option.Option<number>
  readonly to: Option.Option<number>
  readonly out: Option.Option<string>
  readonly resume: boolean
  readonly json: boolean
}) {
  const { from, json, out, resume, to } = given
  if (Option.isNone(out) && resume) return yield* refuse("--resume is for an --out file")
  if (Option.isNone(out) && json) return yield* refuse("--json needs --out, for the counts alone")
  const now = yield* Clock.currentTimeMillis
  const today = now - (now % dayMs)
  const span = {
    startMs: Option.getOrElse(from, () => today - retentionDays * dayMs),
    endMs: Option.getOrElse(to, () => today) + dayMs
  }
  return span.startMs < span.endMs ? span : yield* refuse("--from lies after --to")
})

export const exportCommand = Command.make("export", flags, (given) =>
  checked(given).pipe(
    inOneLine,
    Effect.flatMap((span) => {
      const input: ExportInput = { ...given, span }
      return onInstallation(given, (installation) => exportInteractions(installation, input))
    })
  )
).pipe(
  Command.withDescription(
    "Writes interactions in the order of their questions, one a line, while they are read: week " +
      "by week and with the memory of a page. An interrupted export goes on with --resume, with " +
      "no line missing or double. Content is written only with --with-text."
  ),
  Command.withShortDescription("interactions as CSV or JSON lines"),
  Command.withExamples([
    {
      command: "npm run ops -- export --local --format csv --out interactions.csv",
      description: "all that npm start keeps, without content"
    },
    {
      command: "npm run ops -- export --with-text --out interactions.jsonl",
      description: "all of AWS, so that it can be imported again"
    },
    {
      command: "npm run ops -- export --with-text --out interactions.jsonl --resume",
      description: "and on, after an interruption"
    },
    {
      command: "npm run -s ops -- export --from 2026-11-16 --to 2026-11-22 | jq .matchType",
      description: "a week, to standard output"
    }
  ])
)
