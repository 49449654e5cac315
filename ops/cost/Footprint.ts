/** What one question leaves behind in a design, as its own code makes it. */

/** Write units on the table, then on each of its indexes. */
export type WriteUnits = ReadonlyArray<number>

export interface Footprint {
  /** The payload of each request that the Worker sends to the queue. */
  readonly sentBytes: ReadonlyArray<number>
  /** Of both messages. */
  readonly messageBytes: number
  /** When both halves are in one batch, and when each comes alone. */
  readonly writeUnits: { readonly together: WriteUnits; readonly apart: WriteUnits }
  /** Reads that storing needs. */
  readonly readUnits: number
  /** Reading its entry of the week index once, for the report. */
  readonly reportReadUnits: number
  readonly storedBytes: { readonly table: number; readonly indexes: number }
  readonly keptDays: number
  /** What a batch writes into the log, the platform's own lines included. */
  readonly logBytesPerBatch: number
  /** Of a whole processor, for both halves. */
  readonly processorMs: number
  /** Round trips to the table of a batch, one after another. */
  readonly roundTrips: (messages: number) => number
}

/** The lines that Lambda itself writes about an invocation. */
const platformLines = [
  "START RequestId: 6bc28136-xmpl-4365-b021-0ce6b2e64ab0 Version: $LATEST\n",
  "END RequestId: 6bc28136-xmpl-4365-b021-0ce6b2e64ab0\n",
  "REPORT RequestId: 6bc28136-xmpl-4365-b021-0ce6b2e64ab0\tDuration: 1234.56 ms\t" +
    "Billed Duration: 1735 ms\tMemory Size: 1024 MB\tMax Memory Used: 1000 MB\t" +
    "Init Duration: 500.00 ms\t\n"
]

/** CloudWatch bills a line by its bytes and a little more. */
export const logBytes = (lines: ReadonlyArray<string>, overheadBytes: number): number =>
  [...platformLines, ...lines].reduce(
    (sum, line) => sum + Buffer.byteLength(line) + overheadBytes,
    0
  )
