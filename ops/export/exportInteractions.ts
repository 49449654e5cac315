import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import { rejectedAs } from "../../cli/FileRejected.ts"
import { progress } from "../../cli/progress.ts"
import { plural } from "../../cli/wording.ts"
import type { Span } from "../../src/schema/IsoWeek.ts"
import { retentionDays } from "../../src/schema/Retention.ts"
import { orSay } from "../halfway.ts"
import type { Installation } from "../installation/Installation.ts"
import type { InstallationFlags } from "../installation/installationFlags.ts"
import { checkTable } from "../installation/TableShape.ts"
import { openExport } from "./ExportFile.ts"
import { type Format, headOf } from "./ExportLine.ts"
import { type Choice, exportPages } from "./exportPages.ts"

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

const toFile = Effect.fnUntraced(function* (
  { clearly, name, table }: Installation,
  { format, json, resume, withText, ...input }: ExportInput,
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
  yield* exportPages(table, { span, format, withText }, after).pipe(
    Stream.runForEach((page) => Effect.flatMap(output.write(page), ({ lines }) => advance(lines))),
    clearly,
    orSay(() => `${file} is not complete: --resume continues it`)
  )
  const { lines, unreadable } = yield* output.complete
  const [from, to] = [startMs, endMs].map((ms) => DateTime.formatIso(DateTime.makeUnsafe(ms)))
  yield* Console.log(
    json
      ? JSON.stringify({ file, place: name, from, to, format, withText, lines, unreadable })
      : countsText({ lines, unreadable }, ` in ${file}`)
  )
}, Effect.scoped)

/** Ends without an error when its reader stops early, such as `head`. */
const toStdout = Effect.fnUntraced(function* (table: Installation["table"], choice: Choice) {
  const stdio = yield* Stdio.Stdio
  const advance = progress("exported")
  let [lines, unreadable] = [0, 0]
  const texts = exportPages(table, choice, undefined).pipe(
    Stream.tap((page) => {
      lines += page.lines
      unreadable += page.unreadable
      return advance(lines)
    }),
    Stream.map(({ text }) => text)
  )
  yield* Stream.make(headOf(choice.format, choice.withText)).pipe(
    Stream.concat(texts),
    Stream.run(stdio.stdout({ endOnDone: false })),
    Effect.mapError(rejectedAs("standard output", "cannot be written"))
  )
  yield* Console.error(countsText({ lines, unreadable }, ""))
})

/** Checks the table first, because an index of another version may lack attributes. */
export const exportInteractions = Effect.fn("export")(function* (
  installation: Installation,
  input: ExportInput
) {
  yield* checkTable(installation.table)
  if (Option.isSome(input.out)) return yield* toFile(installation, input, input.out.value)
  const span = yield* keptOf(input.span)
  return yield* toStdout(installation.table, { ...input, span })
})
