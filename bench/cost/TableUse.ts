import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb"
import type { Writes } from "../../ops/cost/Footprint.ts"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { indexes } from "../../src/layers/dynamodb/InteractionItem.ts"
import { itemBytes } from "./ItemSize.ts"

export type Table = Pick<CreateTableCommandInput, "KeySchema" | "GlobalSecondaryIndexes">
type Index = NonNullable<Table["GlobalSecondaryIndexes"]>[number]

const namesOf = (keys: Table["KeySchema"]): ReadonlyArray<string> =>
  (keys ?? []).flatMap(({ AttributeName }) => AttributeName ?? [])

/** The item's entry in the index; `undefined` when the item lacks one of the index's keys. */
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

const same = (before: Item | undefined, after: Item | undefined): boolean =>
  JSON.stringify(Object.entries(before ?? {}).sort()) ===
  JSON.stringify(Object.entries(after ?? {}).sort())

/** DynamoDB bills the larger of the old and the new item. */
const largerBytes = (before: Item = {}, after: Item = {}): number =>
  Math.max(itemBytes(before), itemBytes(after))

/** One write, as the table and each index see it; an index whose entry stays is not written. */
export const writesOf = (
  table: Table,
  before: Item | undefined,
  after: Item | undefined
): Writes => ({
  table: [largerBytes(before, after)],
  ...Object.fromEntries(
    (table.GlobalSecondaryIndexes ?? []).map((index) => {
      const [was, is] = [projected(table, index, before), projected(table, index, after)]
      return [index.IndexName ?? "", [same(was, is) ? 0 : largerBytes(was, is)]]
    })
  )
})

/** Two writes, one after the other. */
export const bothWrites = (one: Writes, other: Writes): Writes =>
  Object.fromEntries(
    Object.entries(one).map(([part, sizes]) => [part, [...sizes, ...(other[part] ?? [])]])
  )

/** The bytes that an item keeps in the table, in its indexes, and in the week index alone. */
export const keptBytes = (table: Table, item: Item) => {
  const entries = (table.GlobalSecondaryIndexes ?? []).flatMap((index) => {
    const entry = projected(table, index, item)
    return entry === undefined ? [] : [{ name: index.IndexName, bytes: itemBytes(entry) }]
  })
  return {
    weekEntryBytes: entries.find(({ name }) => name === indexes.week)?.bytes ?? 0,
    tableBytes: itemBytes(item),
    indexBytes: entries.map(({ bytes }) => bytes)
  }
}
