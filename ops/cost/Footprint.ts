/** The traces that one question leaves in a design, as `npm run bench -- cost` measures them. */
import * as Schema from "effect/Schema"
import footprint from "./footprint.json" with { type: "json" }
import type { Prices } from "./Prices.ts"

const Amount = Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))
const Amounts = Schema.Array(Amount)

/** The bytes of each write in the table and in each index, 0 for an index that stays as it is. */
const Writes = Schema.Record(Schema.String, Amounts)
export type Writes = typeof Writes.Type

const Traces = Schema.Struct({
  /** The payload of each request that the Worker sends to the queue. */
  sentBytes: Amounts,
  /** The writes when both halves are in one batch, and when each comes alone. */
  together: Writes,
  apart: Writes,
  /** The item that storing reads first. */
  readBytes: Amount,
  /** The entry of the week index. */
  weekEntryBytes: Amount,
  /** How many reports read that entry: that of the week, and the next one to compare with. */
  weekReads: Amount,
  tableBytes: Amount,
  /** The entry in each index. */
  indexBytes: Amounts,
  keptDays: Amount,
  /** The log of a batch, the platform's lines included. */
  logLines: Amount,
  logBytes: Amount,
  /** Round trips to the table, one after another. */
  roundTrips: Schema.Struct({ eachBatch: Amount, eachMessage: Amount })
})
export type Traces = typeof Traces.Type

const MeasuredFootprint = Schema.Struct({
  /** A hash of the code and definitions that leave the traces. */
  origin: Schema.String,
  customMetrics: Amount,
  /** Sizes of an event rise. */
  sizes: Schema.Array(Schema.Struct({ eventKb: Amount, ours: Traces, original: Traces })).check(
    Schema.isMinLength(2)
  )
})
export type MeasuredFootprint = typeof MeasuredFootprint.Type

/** Decodes the file when it is needed, so that a bench can start and replace a broken one. */
export const readFootprint = Schema.decodeUnknownEffect(MeasuredFootprint)(footprint)

/** Write units of the table, then of each of its indexes. */
export type WriteUnits = ReadonlyArray<number>

const sum = (values: ReadonlyArray<number>): number =>
  values.reduce((total, value) => total + value, 0)

/** DynamoDB writes in units of 1 KB. */
export const writeUnitsOf = (writes: Writes): WriteUnits =>
  Object.values(writes).map((sizes) => sum(sizes.map((bytes) => Math.ceil(bytes / 1024))))

/** DynamoDB reads in units of 4 KB, which cost half when the answer may be a little behind. */
export const readUnitsOf = (bytes: number): number => Math.ceil(bytes / 4096) / 2

/** A question's traces in the units that are billed. */
export interface Footprint {
  readonly sentBytes: ReadonlyArray<number>
  /** The bytes of both messages. */
  readonly messageBytes: number
  readonly writeUnits: { readonly together: WriteUnits; readonly apart: WriteUnits }
  readonly readUnits: number
  /** One reading for a report, and all of them. */
  readonly weekReadUnits: number
  readonly reportReadUnits: number
  readonly storedBytes: { readonly table: number; readonly indexes: number }
  readonly keptDays: number
  readonly logBytesPerBatch: number
  readonly roundTrips: Traces["roundTrips"]
  /** The time of a whole processor for both halves. */
  readonly processorMs: number
}

export const footprintOf = (
  traces: Traces,
  { limits, processorMs }: { readonly limits: Prices["limits"]; readonly processorMs: number }
): Footprint => {
  const { itemOverheadBytes, logEventOverheadBytes } = limits
  const { indexBytes, logBytes, logLines, readBytes, tableBytes, weekEntryBytes, weekReads } =
    traces
  // the index is read page by page, so an entry alone is not rounded up
  const weekReadUnits = weekEntryBytes / 4096 / 2
  return {
    sentBytes: traces.sentBytes,
    messageBytes: sum(traces.sentBytes),
    writeUnits: { together: writeUnitsOf(traces.together), apart: writeUnitsOf(traces.apart) },
    readUnits: readUnitsOf(readBytes),
    weekReadUnits,
    reportReadUnits: weekReads * weekReadUnits,
    storedBytes: {
      table: tableBytes + itemOverheadBytes,
      indexes: sum(indexBytes) + itemOverheadBytes * indexBytes.length
    },
    keptDays: traces.keptDays,
    logBytesPerBatch: logBytes + logEventOverheadBytes * logLines,
    roundTrips: traces.roundTrips,
    processorMs
  }
}
