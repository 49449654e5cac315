/** An export as a Parquet file, which databases and notebooks query without loading it. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { fileWriter, ParquetWriter } from "hyparquet-writer"
import { FileRejected, rejectedAs } from "../../cli/FileRejected.ts"
import type { Value } from "../csv/Csv.ts"
import { type Exported, recordOf, tableColumns } from "./ExportLine.ts"

/** A group is read and kept in memory as a whole. */
const groupRows = 2000
const groupCharacters = 32 * 1024 * 1024

const kinds = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  time: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
  whole: { type: "INT64" },
  number: { type: "DOUBLE" }
} as const

const kindOf = (name: string): keyof typeof kinds => {
  if (name === "timestamp") return "time"
  if (name === "matchScore" || name === "processingTimeMs") return "number"
  return name === "own" || name === "lostBefore" || name.endsWith("Tokens") ? "whole" : "text"
}

const cellOf = (name: string, value: Value) => {
  if (value === undefined) return null
  if (kindOf(name) === "time") return new Date(String(value))
  if (kindOf(name) === "whole") return BigInt(value)
  return typeof value === "string" ? value.toWellFormed() : value
}

/** Opens a new file; it is whole once it is ended, and an earlier end removes it. */
export const openParquet = Effect.fn("ParquetFile.open")(function* (
  file: string,
  withText: boolean
) {
  const files = yield* FileSystem.FileSystem
  const rejected = rejectedAs(file, "cannot be written")
  // only the owner may read it, and nothing is overwritten
  yield* Effect.mapError(files.writeFileString(file, "", { flag: "wx", mode: 0o600 }), rejected)
  yield* Effect.addFinalizer((exit) =>
    exit._tag === "Success" ? Effect.void : Effect.ignore(files.remove(file, { force: true }))
  )
  const columns = tableColumns(withText)
  const writer = fileWriter(file)
  const parquet = new ParquetWriter({
    writer,
    schema: [
      { name: "root", num_children: columns.length },
      ...columns.map((name) => ({
        name,
        repetition_type: "OPTIONAL" as const,
        ...kinds[kindOf(name)]
      }))
    ]
  })
  let rows: Array<Readonly<Record<string, Value>>> = []
  let characters = 0
  const flush = (): void => {
    const columnData = columns.map((name) => ({
      name,
      data: rows.map((row) => cellOf(name, row[name]))
    }))
    if (rows.length > 0) void parquet.write({ columnData, rowGroupSize: rows.length })
    rows = []
    characters = 0
  }
  const writing = (write: () => void) =>
    Effect.try({
      try: write,
      catch: () => new FileRejected({ file, detail: "cannot be written to its end" })
    })
  return {
    add: (exported: ReadonlyArray<Exported>) =>
      writing(() => {
        for (const one of exported) {
          const record = recordOf(one, withText)
          rows.push(record)
          characters += String(record.question ?? "").length + String(record.answer ?? "").length
          if (rows.length === groupRows || characters > groupCharacters) flush()
        }
      }),
    end: writing(() => {
      flush()
      void parquet.finish()
    })
  }
})
