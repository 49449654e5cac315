/** Recognises what a file holds, and reads it row by row. */
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as Stream from "effect/Stream"
import { FileRejected } from "../../cli/FileRejected.ts"
import { isFields } from "../../src/schema/chat/Json.ts"
import { columnsMax } from "../csv/CsvReader.ts"
import { type Columns, columnsIn, mappedBy, plainName, type Told } from "./columns.ts"
import { type FileText, openText } from "./fileText.ts"
import { formats, questionsAndAnswers } from "./formats.ts"
import { Ranks } from "./Ranks.ts"
import { type RowEvents, reject } from "./RowRejected.ts"
import { eventsOfTold } from "./rowEvents.ts"
import { type Row, type Shape, shapeOf } from "./shape.ts"
import type { Times } from "./Times.ts"

export interface HistoryRow {
  readonly line: number
  readonly events: RowEvents
  /** The line itself, where it is JSON of this product. */
  readonly text?: string
}

export interface HistoryOptions {
  readonly times: Times
  /** The text of `--map`. */
  readonly map?: string
  /** Skips the rows that start before this line. */
  readonly fromLine?: number
}

export interface History {
  /** For example `Langfuse traces`. */
  readonly format: string
  /** The form of the file, such as `CSV with semicolons, UTF-16`. */
  readonly form: string
  /** The columns that are read, in the words of `--map`. */
  readonly columns: string
  /** True for what this product exported, whose texts its owner chose to keep. */
  readonly isOwn: boolean
  readonly rows: Stream.Stream<HistoryRow, FileRejected, FileSystem.FileSystem>
}

const sampleLength = 64 * 1024
const recordsMax = 20
const columnsNamed = 20

/** The records before the first malformed one, which fails the stream. */
const recordsOf = (file: string, text: FileText, shape: Shape, fromLine: number) =>
  Stream.suspend(() => {
    const reader = shape.reader(fromLine)
    const taken = (rows: ReadonlyArray<Row>) =>
      reader.malformed === undefined
        ? Stream.fromIterable(rows)
        : Stream.concat(
            Stream.fromIterable(rows),
            Stream.fail(new FileRejected({ file, detail: reader.malformed }))
          )
    return text.pieces.pipe(
      Stream.flatMap((piece) => taken(reader.read(piece))),
      Stream.concat(Stream.suspend(() => taken(reader.end())))
    )
  })

/** Cells by the names of the first line; of equal names the first counts. */
const fieldsOf = (head: ReadonlyArray<string>, cells: ReadonlyArray<string>) =>
  Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ""] as const).toReversed())

const namesText = (found: ReadonlyArray<string>): string => {
  const more = found.length - columnsNamed
  return `${found.slice(0, columnsNamed).join(", ")}${more > 0 ? ` and ${more} more` : ""}`
}

interface Sample {
  readonly records: ReadonlyArray<unknown>
  /** Names of columns, or of the fields of any record. */
  readonly found: ReadonlyArray<string>
}

/** The format, or why the file cannot be read: with the names that it has, and those to give. */
const formatOf = ({ found, records }: Sample, { map = "", times }: HistoryOptions) => {
  if (found.length > columnsMax) {
    return `has ${found.length} columns, more than the ${columnsMax} of any history`
  }
  const names = new Set(found.map(plainName))
  const shown = formats.find((each) => records.some((record) => each.shows(names, record)))
  const format = shown ?? questionsAndAnswers
  const mapped = mappedBy(map, found)
  const unknown = Object.values(mapped).find(
    ([column]) => column !== undefined && !found.includes(column)
  )
  if (unknown !== undefined) return `has no column ${unknown[0]}. It has ${namesText(found)}`
  const columns = columnsIn(found, mapped)
  const missing = format.needs.filter(
    (name) => columns[name] === undefined && !(name === "timestamp" && times.hasOtherwise)
  )
  if (missing.length === 0) return { format, columns }
  if (found.length === 0) return "holds no questions and answers"
  const pairs = missing.map((name) => `${name}=COLUMN`).join(",")
  const none = missing.includes("answer") ? " (answer= if it has none)" : ""
  const hint = format.hint ?? `Name them with --map ${pairs}${none}`
  return `has no column for ${missing.join(", ")}. It has ${namesText(found)}. ${hint}`
}

/** `question=Prompt`, unless the names are the same but for their case. */
const columnsText = (columns: Columns): string =>
  Object.entries(columns)
    .filter(([name, path]) => path.length > 0 && plainName(path.join(".")) !== plainName(name))
    .map(([name, path]) => `${name}=${path.join(".")}`)
    .join(", ")

const cellsIn = (value: unknown): ReadonlyArray<string> => (Array.isArray(value) ? value : [])

/** A row may have more separators than the first line, if nothing stands between them. */
const isFit = (cells: ReadonlyArray<string>, { length }: ReadonlyArray<string>): boolean =>
  cells.length >= length && cells.slice(length).every((cell) => cell.trim() === "")

/** Reads the beginning of a file for what it holds; the stream reads it again for its rows. */
export const readHistory = Effect.fn("readHistory")(function* (
  file: string,
  options: HistoryOptions
) {
  const { fromLine = 1, times } = options
  const text = yield* openText(file)
  const [sample = ""] = yield* Stream.runCollect(
    text.pieces.pipe(
      Stream.filter((piece) => piece.trim() !== ""),
      Stream.take(1)
    )
  )
  const shape = shapeOf(sample.slice(0, sampleLength))
  if (shape === undefined) return yield* new FileRejected({ file, detail: "is empty" })
  const records = recordsOf(file, text, shape, fromLine)
  const first: Array<Row> = []
  yield* Stream.take(records, recordsMax).pipe(
    Stream.runForEach((row) => Effect.sync(() => first.push(row))),
    // what is whole tells the format, and the fault is told with its rows
    Effect.catch((fault) => (first.length === 0 ? Effect.fail(fault) : Effect.void))
  )
  const head = shape.isTable ? cellsIn(first.shift()?.value).map((name) => name.trim()) : undefined
  const values = first.map(({ value }) => value)
  const found = head ?? [...new Set(values.filter(isFields).flatMap(Object.keys))]
  const sampled = values.map((value) =>
    head === undefined ? value : fieldsOf(head, cellsIn(value))
  )
  const recognised = formatOf({ records: sampled, found }, options)
  if (typeof recognised === "string") {
    return yield* new FileRejected({ file, detail: recognised })
  }
  const { columns, format } = recognised

  const rows = Stream.suspend(() => {
    const context = { times, ranks: new Ranks() }
    const { end = () => [], take } = format.taking()
    let last = 0
    const rowsOf = (tolds: ReadonlyArray<Told>, line: number): ReadonlyArray<HistoryRow> =>
      tolds.map((told) => ({ line, events: eventsOfTold(told, context) }))
    const rowsIn = ({ line, text, value }: Row): ReadonlyArray<HistoryRow> => {
      last = line
      if (text !== undefined && format.eventsOfLine !== undefined) {
        return [{ line, text, events: format.eventsOfLine(text) }]
      }
      if (head === undefined) {
        return value === undefined
          ? [{ line, events: reject("it is not JSON") }]
          : rowsOf(take(value, columns), line)
      }
      const cells = cellsIn(value)
      if (isFit(cells, head)) return rowsOf(take(fieldsOf(head, cells), columns), line)
      const message = `${cells.length} cells where the first line has ${head.length}`
      return [{ line, events: reject(message) }]
    }
    return records.pipe(
      Stream.drop(head === undefined ? 0 : 1),
      Stream.flatMap((row) => Stream.fromIterable(rowsIn(row))),
      Stream.concat(Stream.suspend(() => Stream.fromIterable(rowsOf(end(), last)))),
      Stream.filter(({ line }) => line >= fromLine)
    )
  })
  const encoding = text.encoding === "UTF-8" ? "" : `, ${text.encoding}`
  return {
    format: format.name,
    form: `${shape.name}${encoding}`,
    columns: format.needs.length === 0 ? "" : columnsText(columns),
    isOwn: format.isOwn === true,
    rows
  } satisfies History
})
