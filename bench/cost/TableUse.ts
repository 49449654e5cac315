/** What one write uses on a table and on each of its indexes. */
import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { indexes } from "../../src/layers/dynamodb/InteractionItem.ts"
import { itemBytes, writeUnitsOf } from "./ItemSize.ts"

export type Table = Pick<
  CreateTableCommandInput,
  "KeySchema" | "GlobalSecondaryIndexes" | "ProvisionedThroughput"
>
type Index = NonNullable<Table["GlobalSecondaryIndexes"]>[number]

const namesOf = (keys: Table["KeySchema"]): ReadonlyArray<string> =>
  (keys ?? []).flatMap(({ AttributeName }) => AttributeName ?? [])

/** What the index holds of the item: nothing when the item lacks one of the index's keys. */
export const projected = (table: Table, { KeySchema, Projection }: Index, item: Item = {}) => {
  const keys = namesOf(KeySchema)
  if (!keys.every((name) => Object.hasOwn(item, name))) return undefined
  if (Projection?.ProjectionType === "ALL") return item
  const kept = new Set([
    ...keys,
    ...namesOf(table.KeySchema),
    ...(Projection?.NonKeyAttributes ?? [])
  ])
  return Object.fromEntries(Object.entries(item).filter(([name]) => kept.has(name)))
}

/** The larger of what was there and what is there now. */
const unitsOf = (before: Item = {}, after: Item = {}): number =>
  writeUnitsOf(Math.max(itemBytes(before), itemBytes(after)))

const same = (before: Item | undefined, after: Item | undefined): boolean =>
  JSON.stringify(Object.entries(before ?? {}).sort()) ===
  JSON.stringify(Object.entries(after ?? {}).sort())

/** Units of the table, then of each index; an index whose part has not changed is not written. */
export const writeUse = (
  table: Table,
  before: Item | undefined,
  after: Item | undefined
): ReadonlyArray<number> => [
  unitsOf(before, after),
  ...(table.GlobalSecondaryIndexes ?? []).map((index) => {
    const [was, is] = [projected(table, index, before), projected(table, index, after)]
    return same(was, is) ? 0 : unitsOf(was, is)
  })
]

export const addUnits = (
  one: ReadonlyArray<number>,
  other: ReadonlyArray<number>
): ReadonlyArray<number> => one.map((units, index) => units + (other[index] ?? 0))

/** Of the week's entry; a page is read whole, so that no entry is rounded up by itself. */
export const reportReadUnits = (table: Table, item: Item): number => {
  const week = table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === indexes.week)
  const entry = week === undefined ? undefined : projected(table, week, item)
  return entry === undefined ? 0 : itemBytes(entry) / 4096 / 2
}

/** Bytes that are kept, with what DynamoDB adds to each entry of the table and of an index. */
export const storedBytes = (table: Table, item: Item, overheadBytes: number) => ({
  table: itemBytes(item) + overheadBytes,
  indexes: (table.GlobalSecondaryIndexes ?? [])
    .map((index) => projected(table, index, item))
    .filter((entry) => entry !== undefined)
    .reduce((total, entry) => total + itemBytes(entry) + overheadBytes, 0)
})
