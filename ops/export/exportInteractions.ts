import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import { rejectedAs } from "../../cli/FileRejected.ts"
import { progress } from "../../cli/progress.ts"
import { harmless, plural } from "../../cli/wording.ts"
import type { Span } from "../../src/schema/IsoWeek.ts"
import { retentionDays } from "../../src/schema/Retention.ts"
import { orSay } from "../halfway.ts"
import type { Installation } from "../installation/Installation.ts"
import type { InstallationFlags } from "../installation/installationFlags.ts"
import { checkTable } from "../installation/TableShape.ts"
import { openExport } from "./ExportFile.ts"
import { type Format, headOf, type LineFormat, lineOf } from "./ExportLine.ts"
import { exportPages } from "./exportPages.ts"
import { openParquet } from "./ParquetFile.ts"

export interface ExportInput extends InstallationFlags {
  readonly span: Span
  readonly from: Option.Option<number>
  readonly to: Option.Option<number>
  readonly format: Format
  readonly withText: boolean
  readonly out: Option.Option<string>
  readonly resume: boolean
}

const dayMs = 86_400_000

/** Spares reading weeks that cannot hold interactions; a clock may be ahead, but not by a year. */
const keptOf = Effect.fnUntraced(function* ({ endMs, startMs }: Span) {
  const now = yield* Clock.currentTimeMillis
  return {
    startMs: Math.max(startMs, now - (retentionDays + 1) * dayMs),
    endMs: Math.min(endMs, now + 366 * dayMs)
  }
})

interface Counts {
  readonly lines: number
  readonly unreadable: number
}

const countsText = ({ lines, unreadable }: Counts, where: string): string => {
  const items = plural(unreadable, "item")
  const damaged = `\n${items} not fully readable: damaged, or of another version.`
  return `${plural(lines, "interaction")}${where}.${unreadable === 0 ? "" : damaged}`
}

interface Written extends Counts {
  readonly file: string
  readonly place: string
  readonly span: Span
}

const tell = ({ format, json, withText }: ExportInput, { span, ...written }: Written) => {
  const { file, lines, place, unreadable } = written
  const [from, to] = [span.startMs, span.endMs].map((ms) =>
    DateTime.formatIso(DateTime.makeUnsafe(ms))
  )
  return Console.log(
    json
      ? JSON.stringify({ file, place, from, to, format, withText, lines, unreadable })
      : countsText(written, ` in ${file}`)
  )
}

const toLines = Effect.fnUntraced(function* (
  { clearly, name, table }: Installation,
  { format, resume, withText, ...input }: ExportInput & { readonly format: LineFormat },
  file: string
) {
  const output = yield* openExport({
    file,
    resume,
    asked: { ...input.span, format, withText, place: name, table: table.name },
    given: [
      ...(["format", "withText", "place", "table"] as const),
      ...(Option.isSome(input.from) ? (["startMs"] as const) : []),
      ...(Option.isSome(input.to) ? (["endMs"] as const) : [])
    ]
  })
  const advance = progress("exported")
  const { after, endMs, startMs } = output.begun
  const span = yield* keptOf({ startMs, endMs })
  yield* exportPages(table, { span, withText }, after).pipe(
    Stream.runForEach((page) => Effect.flatMap(output.write(page), ({ lines }) => advance(lines))),
    clearly,
    orSay(() => `${file} is not complete: --resume continues it`)
  )
  const { lines, unreadable } = yield* output.complete
  return { file, place: name, span: { startMs, endMs }, lines, unreadable } satisfies Written
}, Effect.scoped)

/** The end of a Parquet file says where its parts are, so one that is cut cannot be continued. */
const toParquet = Effect.fnUntraced(function* (
  { clearly, name, table }: Installation,
  { span, withText }: ExportInput,
  file: string
) {
  const output = yield* openParquet(file, withText)
  const advance = progress("exported")
  let [lines, unreadable] = [0, 0]
  yield* exportPages(table, { span: yield* keptOf(span), withText }, undefined).pipe(
    Stream.runForEach((page) => {
      lines += page.exported.length
      unreadable += page.unreadable
      return Effect.andThen(output.add(page.exported), advance(lines))
    }),
    clearly
  )
  yield* output.end
  return { file, place: name, span, lines, unreadable } satisfies Written
}, Effect.scoped)

/** A terminal would obey what a visitor sent; in JSON an escape is the same text anywhere. */
const printed = (text: string, format: LineFormat): string => {
  if (format === "jsonl") return harmless(text)
  return process.stdout.isTTY ? harmless(text.replaceAll("\r\n", "\n")) : text
}

/** Ends without an error when its reader stops early, such as `head`. */
const toStdout = Effect.fnUntraced(function* (
  table: Installation["table"],
  { format, span, withText }: ExportInput & { readonly format: LineFormat }
) {
  const stdio = yield* Stdio.Stdio
  const advance = progress("exported")
  let [lines, unreadable] = [0, 0]
  const texts = exportPages(table, { span: yield* keptOf(span), withText }, undefined).pipe(
    Stream.tap((page) => {
      lines += page.exported.length
      unreadable += page.unreadable
      return advance(lines)
    }),
    Stream.map(({ exported }) =>
      printed(exported.map((one) => lineOf(one, format, withText)).join(""), format)
    )
  )
  yield* Stream.make(headOf(format, withText)).pipe(
    Stream.concat(texts),
    Stream.run(stdio.stdout({ endOnDone: false })),
    Effect.mapError(rejectedAs("standard output", "cannot be written"))
  )
  yield* Console.error(countsText({ lines, unreadable }, ""))
})

const hasLines = (input: ExportInput): input is ExportInput & { readonly format: LineFormat } =>
  input.format !== "parquet"

/** Checks the table first, because an index of another version may lack attributes. */
export const exportInteractions = Effect.fn("export")(function* (
  installation: Installation,
  input: ExportInput
) {
  yield* checkTable(installation.table)
  const file = Option.getOrElse(input.out, () => "")
  if (!hasLines(input)) return yield* tell(input, yield* toParquet(installation, input, file))
  if (file === "") return yield* toStdout(installation.table, input)
  return yield* tell(input, yield* toLines(installation, input, file))
})
