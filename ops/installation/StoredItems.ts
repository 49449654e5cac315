/** Whole items by their keys, because no index projects all of them. */
import { BatchGetItemCommand } from "@aws-sdk/client-dynamodb"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { leftUndone, type Table, whileThrottled } from "./Table.ts"

/** Even the largest items, 400 KB each, fit into the 16 MB that an answer may have. */
const batchLengthMax = 25

export const keyOf = ({ requestId, timestamp }: Item): Item => ({
  ...(requestId !== undefined && { requestId }),
  ...(timestamp !== undefined && { timestamp })
})

/** The item's key as one text, for use in maps. */
export const nameOfItem = ({ requestId, timestamp }: Item): string =>
  `${requestId?.S}#${timestamp?.N}`

const getBatch = Effect.fnUntraced(function* (
  table: Table,
  keys: ReadonlyArray<Item>,
  ConsistentRead: boolean
) {
  const found: Array<Item> = []
  let Keys = [...keys]
  const step = Effect.gen(function* () {
    const RequestItems = { [table.name]: { Keys, ConsistentRead } }
    const { Responses = {}, UnprocessedKeys = {} } = yield* table.read(
      new BatchGetItemCommand({ RequestItems })
    )
    found.push(...(Responses[table.name] ?? []))
    Keys = UnprocessedKeys[table.name]?.Keys ?? []
    if (Keys.length > 0) return yield* leftUndone("BatchGetItem")
  })
  yield* whileThrottled(step)
  return found
})

/** Reads one batch after another; the map holds the items that exist, by {@link nameOfItem}. */
export const getItems = Effect.fnUntraced(function* (
  table: Table,
  keys: ReadonlyArray<Item>,
  { consistent = false } = {}
) {
  const batches = yield* Effect.forEach(Arr.chunksOf(keys, batchLengthMax), (batch) =>
    getBatch(table, batch, consistent)
  )
  return new Map(batches.flat().map((item) => [nameOfItem(item), item]))
})
