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
import { retentionDays } from "../../src/schema/Retention.ts"
import type { Installation } from "../installation/Installation.ts"
import { checkTable } from "../installation/TableShape.ts"
import type { Span } from "../installation/WeekIndex.ts"
import { openExport } from "./ExportFile.ts"
import { type Format, headOf } from "./ExportLine.ts"
import { type Choice, exportPages } from "./exportPages.ts"

export interface ExportInput {
  readonly span: Span
  readonly from: Option.Option<number>
  readonly to: Option.Option<number>
  readonly format: Format
  readonly withText: boolean
  readonly out: Option.Option<string>
  readonly resume: boolean
  readonly json: boolean
}

const dayMs = 86_400_000

/** Weeks before the retention hold nothing, and a year ahead no clock is wrong: none are read. */
const keptOf = Effect.fnUntraced(function* ({ endMs, startMs }: Span) {
  const now = yield* Clock.currentTimeMillis
  return {
    startMs: Math.max(startMs, now - (retentionDays + 1) * dayMs),
    endMs: Math.min(endMs, now + 366 * dayMs)
  }
})

const unreadableText = (unreadable: number): string =>
  unreadable === 0
    ? ""
    : `\n${plural(unreadable, "item")} could not be read in full: of another version, or damaged.`

const toFile = Effect.fnUntraced(function* (
  { name, table }: Installation,
  { format, json, resume, withText, ...input }: ExportInput,
  file: string
) {
  const asked = { ...input.span, format, withText, place: name, table: table.name }
  const output = yield* openExport({
    file,
    resume,
    asked,
    given: [
      ...(["format", "withText", "place", "table"] as const),
      ...(Option.isSome(input.from) ? (["startMs"] as const) : []),
      ...(Option.isSome(input.to) ? (["endMs"] as const) : [])
    ]
  })
  const advance = progress("exported")
  const span = yield* keptOf(output.begun)
  yield* exportPages(table, { span, format, withText }, output.begun.after).pipe(
    Stream.runForEach((page) =>
      output.write(page).pipe(
        Effect.andThen(output.counts),
        Effect.flatMap((c) => advance(c.lines))
      )
    ),
    Effect.tapError(() => Console.error(`${file} is not complete; --resume goes on with it`)),
    Effect.onInterrupt(() => Console.error(`\n${file} is not complete; --resume goes on with it`))
  )
  yield* output.complete
  const { lines, unreadable } = yield* output.counts
  const [from, to] = [output.begun.startMs, output.begun.endMs].map((ms) =>
    DateTime.formatIso(DateTime.makeUnsafe(ms))
  )
  yield* Console.log(
    json
      ? JSON.stringify({ file, place: name, from, to, format, withText, lines, unreadable })
      : `${plural(lines, "interaction")} in ${file}.${unreadableText(unreadable)}`
  )
}, Effect.scoped)

/** A reader that stops early, such as head, ends it. */
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
  yield* Console.error(`${plural(lines, "interaction")}.${unreadableText(unreadable)}`)
})

/** Checks the table first: an index that holds less would leave fields out without a word. */
export const exportInteractions = Effect.fnUntraced(function* (
  installation: Installation,
  input: ExportInput
) {
  yield* checkTable(installation.table)
  if (Option.isSome(input.out)) return yield* toFile(installation, input, input.out.value)
  const span = yield* keptOf(input.span)
  return yield* toStdout(installation.table, { ...input, span })
})
