/** Whole items by their keys, for what no index holds. */
import { BatchGetItemCommand } from "@aws-sdk/client-dynamodb"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { leftUndone, type Table, whileThrottled } from "./Table.ts"

/** Of the largest items that there can be, these are 10 MB. */
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
  consistent: boolean
) {
  const found: Array<Item> = []
  let pending = [...keys]
  yield* Effect.suspend(() =>
    table.read("BatchGetItem", (client, options) => {
      const request = { Keys: pending, ConsistentRead: consistent }
      return client.send(
        new BatchGetItemCommand({ RequestItems: { [table.name]: request } }),
        options
      )
    })
  ).pipe(
    Effect.flatMap(({ Responses = {}, UnprocessedKeys = {} }) => {
      found.push(...(Responses[table.name] ?? []))
      pending = UnprocessedKeys[table.name]?.Keys ?? []
      return pending.length === 0 ? Effect.void : Effect.fail(leftUndone("BatchGetItem"))
    }),
    whileThrottled
  )
  return found
})

/** The items that are there, by name, a batch after the other. */
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
