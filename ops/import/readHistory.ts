import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Stream from "effect/Stream"
import { FileRejected, rejectedAs } from "../../cli/FileRejected.ts"
import { CsvReader, type CsvRecord } from "../csv/CsvReader.ts"
import { eventsOfCells, type Ranks, required } from "./CsvRow.ts"
import { eventsOfLine } from "./JsonRow.ts"
import { type Line, LineReader } from "./LineReader.ts"
import type { RowEvents } from "./RowRejected.ts"

export interface HistoryRow {
  readonly line: number
  readonly events: RowEvents
  /** The line itself, where it is JSON. */
  readonly text?: string
}

interface Reader<A> {
  readonly malformed: string | undefined
  readonly read: (text: string) => ReadonlyArray<A>
  readonly end: () => ReadonlyArray<A>
}

/** The file's text piece by piece, without a byte order mark. */
const textOf = Effect.fnUntraced(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  const utf8 = new TextDecoder("utf-8", { fatal: true })
  const decode = (bytes?: Uint8Array) =>
    Effect.try({
      try: () => utf8.decode(bytes, { stream: bytes !== undefined }),
      catch: () => new FileRejected({ file, detail: "is not UTF-8" })
    })
  return files
    .stream(file)
    .pipe(
      Stream.mapError(rejectedAs(file, "cannot be read")),
      Stream.mapEffect(decode),
      Stream.concat(Stream.fromEffect(Effect.suspend(() => decode())))
    )
}, Stream.unwrap)

/** The records before the first malformed one, which fails the stream. */
const recordsOf = <A>(file: string, reader: Reader<A>) => {
  const taken = (records: ReadonlyArray<A>) =>
    Stream.concat(
      Stream.fromIterable(records),
      reader.malformed === undefined
        ? Stream.empty
        : Stream.fail(new FileRejected({ file, detail: reader.malformed }))
    )
  return textOf(file).pipe(
    Stream.flatMap((text) => taken(reader.read(text))),
    Stream.concat(Stream.suspend(() => taken(reader.end())))
  )
}

const csvRows = (file: string) => {
  let head: ReadonlyArray<string> | undefined
  const ranks: Ranks = new Map()
  return recordsOf<CsvRecord>(file, new CsvReader()).pipe(
    Stream.mapEffect(({ cells, line }) => {
      if (head !== undefined)
        return Effect.succeed([{ line, events: eventsOfCells(head, cells, ranks) }])
      head = cells.map((name) => name.trim())
      const missing = required.filter((name) => !head?.includes(name))
      if (missing.length === 0) return Effect.succeed([])
      const detail = `has no column ${missing.join(", ")} in its first line`
      return Effect.fail(new FileRejected({ file, detail }))
    }),
    Stream.flatMap((rows) => Stream.fromIterable<HistoryRow>(rows)),
    Stream.concat(
      Stream.suspend(() =>
        head === undefined
          ? Stream.fail(new FileRejected({ file, detail: "has no first line" }))
          : Stream.empty
      )
    )
  )
}

const jsonRows = (file: string) =>
  recordsOf<Line>(file, new LineReader()).pipe(
    Stream.map(({ line, text }): HistoryRow => ({ line, text, events: eventsOfLine(text) }))
  )

/** The rows of a CSV or JSON lines file, as its name tells, one at a time. */
export const readHistory = (
  file: string
): Stream.Stream<HistoryRow, FileRejected, FileSystem.FileSystem> =>
  file.endsWith(".csv") ? csvRows(file) : jsonRows(file)
