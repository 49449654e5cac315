/** An export as the console holds it: what is whole in its file, and what is said of the rest. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { FileRejected, rejectedAs } from "../../cli/FileRejected.ts"
import { plural } from "../../cli/wording.ts"
import { type ExportedEntry, exportedEntry } from "../export/ExportedEntry.ts"
import { type Line, LineReader } from "../import/LineReader.ts"

/** A sentence for each fault would hide the others. */
const namedMax = 3

interface Reading {
  readonly entries: Array<ExportedEntry>
  readonly damaged: Array<number>
  lastIsCut: boolean
}

const take = (reading: Reading, lines: ReadonlyArray<Line>, isLast: boolean): void => {
  for (const { line, text } of lines) {
    const entry = exportedEntry(text)
    if (Result.isSuccess(entry)) reading.entries.push(entry.success)
    else {
      reading.damaged.push(line)
      // every whole line of an export ends with a line break
      reading.lastIsCut = isLast
    }
  }
}

const noticesOf = ({ damaged, entries, lastIsCut }: Reading, file: string) => {
  if (damaged.length === 0) return []
  const named = damaged.slice(0, namedMax).join(", ")
  const lines = `${damaged.length === 1 ? "line" : "lines"} ${named}`
  const more = damaged.length > namedMax ? ` and ${damaged.length - namedMax} more` : ""
  const cut = lastIsCut
    ? `; the file is cut in line ${damaged.at(-1)}, and what followed is gone`
    : ""
  const missing = plural(damaged.length, "line is", "lines are")
  const shown = plural(entries.length, "line is", "lines are")
  return [`${file}: ${lines}${more} cannot be read, so ${missing} missing; ${shown} shown${cut}`]
}

/** Reads the JSON lines of `ops export`; fails when no line is one of an export. */
export const readExport = Effect.fn("readExport")(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  const reader = new LineReader()
  const reading: Reading = { entries: [], damaged: [], lastIsCut: false }
  yield* files.stream(file).pipe(
    // a character that is cut makes its line unreadable, and no other
    Stream.decodeText(),
    Stream.takeWhile(() => reader.malformed === undefined),
    Stream.runForEach((text) => Effect.sync(() => take(reading, reader.read(text), false))),
    Effect.mapError(rejectedAs(file, "cannot be read"))
  )
  take(reading, reader.end(), true)
  const { entries } = reading
  if (entries.length === 0) {
    const detail = "has no line of ops export --format jsonl"
    return yield* new FileRejected({ file, detail })
  }
  return { entries, notices: noticesOf(reading, file) }
})
