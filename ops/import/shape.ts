/** How a file's text divides into records, told by its beginning and not by its name. */
import { isFields, parseJson } from "../../src/schema/chat/Json.ts"
import { withoutGuard } from "../csv/Csv.ts"
import { CsvReader } from "../csv/CsvReader.ts"
import { JsonReader } from "./JsonReader.ts"
import { LineReader } from "./LineReader.ts"

export interface Row {
  readonly line: number
  /** A record of fields, or the cells of a line of CSV. */
  readonly value: unknown
  /** The text of JSON. */
  readonly text?: string
}

export interface RecordReader {
  readonly malformed: string | undefined
  readonly read: (text: string) => ReadonlyArray<Row>
  readonly end: () => ReadonlyArray<Row>
}

export interface Shape {
  readonly name: string
  readonly isTable: boolean
  readonly reader: (fromLine: number) => RecordReader
}

const separators = [
  [",", "CSV"],
  [";", "CSV with semicolons"],
  ["\t", "tab-separated text"],
  ["|", "CSV with vertical bars"]
] as const

/** Cells of the first record, and how many of the next ones have as many. */
const fitOf = (sample: string, separator: string) => {
  const records = new CsvReader({ separator }).read(`${sample}\n`)
  const columns = records[0]?.cells.length ?? 1
  const alike = records.slice(1).filter(({ cells }) => cells.length === columns).length
  return { columns, share: (alike + 1) / Math.max(1, records.length) }
}

const tableOf = (sample: string): Shape => {
  const [, told] = /^sep=(.)\r?\n/i.exec(sample) ?? []
  const fits = separators
    .map(([separator, name]) => ({ separator, name, ...fitOf(sample, separator) }))
    .filter(({ columns }) => columns > 1)
    .toSorted((one, other) => other.share - one.share || other.columns - one.columns)
  const [best] = fits
  const { name = "CSV", separator = "," } =
    told === undefined ? (best ?? {}) : { separator: told, name: `CSV with ${told}` }
  return {
    name,
    isTable: true,
    reader: (fromLine) => {
      const reader = new CsvReader({ separator, fromLine })
      const rows = (records: ReturnType<typeof reader.read>): ReadonlyArray<Row> =>
        records
          .filter(({ line }) => told === undefined || line > 1)
          .map(({ cells, line }) => ({ line, value: cells.map(withoutGuard) }))
      return {
        get malformed() {
          const next = `--from-line ${reader.line + 1} goes on after it`
          return reader.malformed === undefined ? undefined : `${reader.malformed}; ${next}`
        },
        read: (text) => rows(reader.read(text)),
        end: () => rows(reader.end())
      }
    }
  }
}

const jsonWith = (name: string, make: () => LineReader | JsonReader): Shape => ({
  name,
  isTable: false,
  reader: () => {
    const reader = make()
    const rows = (lines: ReturnType<typeof reader.read>): ReadonlyArray<Row> =>
      lines.map(({ line, text }) => ({ line, text, value: parseJson(text) }))
    return {
      get malformed() {
        return reader.malformed
      },
      read: (text) => rows(reader.read(text)),
      end: () => rows(reader.end())
    }
  }
})

/** A list of one line, or of several; an object in each line, even if one is damaged. */
const isLines = ([first = "", second = ""]: ReadonlyArray<string>): boolean => {
  const json = parseJson(first)
  if (first.startsWith("[")) return Array.isArray(json) && second.startsWith("[")
  if (second !== "") return second.startsWith("{") && first.length > 1
  const hasList = isFields(json) && Object.values(json).some(Array.isArray)
  return json !== undefined && !hasList
}

/** Undefined for a text without anything. */
export const shapeOf = (sample: string): Shape | undefined => {
  const lines = sample
    .split(/\r\n|[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
  const [first = ""] = lines
  if (first === "") return undefined
  if (!/^[[{]/.test(first)) return tableOf(sample)
  return isLines(lines)
    ? jsonWith("JSON lines", () => new LineReader())
    : jsonWith("JSON", () => new JsonReader())
}
