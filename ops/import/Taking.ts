import type { Columns, Told } from "./columns.ts"

export type TakeRecord = (record: unknown, columns: Columns) => ReadonlyArray<Told>

/** Makes rows of records: those that a record completes, and at the end what is left. */
export interface Taking {
  readonly take: TakeRecord
  readonly end?: () => ReadonlyArray<Told>
}
