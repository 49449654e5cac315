import * as Config from "effect/Config"
import * as Argument from "effect/cli/Argument"
import type * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Schema from "effect/Schema"
import { count, optionalText, optionalValue, toggle } from "../../cli/flags.ts"
import { WeekId } from "../../src/schema/IsoWeek.ts"
import { OwnPatterns } from "../../src/schema/redaction/OwnPatterns.ts"
import { privacyModes } from "../../src/schema/redaction/Privacy.ts"
import { installationFlags } from "../installation/installationFlags.ts"
import { settings } from "../report/settings.ts"
import { ColumnMap } from "./columns.ts"
import { dayOrders } from "./readTime.ts"

const UtcTime = Schema.String.check(
  Schema.makeFilter((text) => !Number.isNaN(Date.parse(text)) || "a time such as 2026-11-16")
)

export const flags = {
  file: Argument.String("file").pipe(
    Argument.withDescription("CSV, JSON lines or JSON of this or another tool")
  ),
  dryRun: toggle("dry-run", "check every row, and send none; nothing needs to run"),
  map: optionalValue(
    "map",
    'columns of other names, such as question=Prompt,timestamp="Created At"',
    ColumnMap
  ),
  timeFormat: Flag.Literals("time-format", dayOrders).pipe(
    Flag.withDescription("dates such as 03/04/2026: dmy has the day first, mdy the month"),
    Flag.optional
  ),
  time: optionalValue("time", "the time of rows that tell none, such as 2026-11-16", UtcTime),
  fromLine: count("from-line", "skip the rows before this line", { minimum: 1 }).pipe(
    Flag.withDefault(1)
  ),
  rate: count("rate", "rows a second (default: half of the table's write units)", {
    minimum: 1
  }).pipe(Flag.optional),
  keepDates: Flag.Literals("keep-dates", ["recent", "none"]).pipe(
    Flag.withDescription("none stores nothing, and shows the weeks of any age as reports"),
    Flag.withDefault("recent")
  ),
  week: optionalValue("week", "with --keep-dates none: this week alone", WeekId),
  out: optionalText("out", "with --keep-dates none: folder of the reports (default: printed)"),
  privacy: Flag.Literals("privacy", privacyModes).pipe(
    Flag.withDescription("what to keep of texts (default: full for an export of ops, or redacted)"),
    Flag.optional
  ),
  patterns: Flag.String("patterns").pipe(
    Flag.withDescription("your own patterns to redact (default: CV_ANALYTICS_REDACTION_PATTERNS)"),
    Flag.withFallbackConfig(Config.String("CV_ANALYTICS_REDACTION_PATTERNS")),
    Flag.withSchema(OwnPatterns),
    Flag.withDefault([])
  ),
  site: settings.site,
  zone: settings.zone,
  prices: settings.prices,
  language: settings.language,
  ...installationFlags
}
export type Input = Command.Command.Config.Infer<typeof flags>
