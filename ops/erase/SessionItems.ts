/** The stored interactions of a session: found by index, deleted by key, and looked for again. */
import { DeleteItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { indexes } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { getItems, keyOf } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"

/** Key and question of each item, also of those that have expired and are not deleted yet. */
export const findItems = (table: Table, session: SessionId) =>
  Stream.paginate(undefined as Item | undefined, (after) =>
    table
      .read("Query", (client, options) =>
        client.send(
          new QueryCommand({
            TableName: table.name,
            IndexName: indexes.session,
            KeyConditionExpression: "sessionId = :session",
            ExpressionAttributeValues: { ":session": { S: session } },
            ProjectionExpression: "requestId, #timestamp, question",
            ExpressionAttributeNames: { "#timestamp": "timestamp" },
            ...(after !== undefined && { ExclusiveStartKey: after })
          }),
          options
        )
      )
      .pipe(
        Effect.map(
          ({ Items = [], LastEvaluatedKey }) =>
            [Items, Option.fromUndefinedOr(LastEvaluatedKey)] as const
        )
      )
  ).pipe(Stream.runCollect)

/** An item that is gone already is as good as deleted; one of another session stays. */
const deleteItem = (table: Table, session: SessionId, item: Item) =>
  table
    .write("DeleteItem", (client, options) =>
      client.send(
        new DeleteItemCommand({
          TableName: table.name,
          Key: keyOf(item),
          ConditionExpression: "attribute_not_exists(requestId) OR sessionId = :session",
          ExpressionAttributeValues: { ":session": { S: session } }
        }),
        options
      )
    )
    .pipe(Effect.catchTag("ConditionFailed", () => Effect.void))

export const deleteItems = (
  table: Table,
  session: SessionId,
  items: ReadonlyArray<Item>,
  onDeleted: (count: number) => Effect.Effect<void>
) => {
  let deleted = 0
  return Effect.forEach(
    items,
    (item) =>
      Effect.andThen(
        deleteItem(table, session, item),
        Effect.suspend(() => onDeleted(++deleted))
      ),
    { concurrency: 4, discard: true }
  )
}

/** An index follows its table within moments; what it still shows after these is said. */
const untilFollowed = Schedule.spaced("1 second").pipe(Schedule.upTo({ times: 10 }))

/**
 * Reads again until the index names nothing that the table still has, and deletes what came in the
 * meantime: `known` is all that there was, `left` how many of it could not be got rid of.
 */
export const verifyGone = (table: Table, session: SessionId, deleted: ReadonlyArray<Item>) => {
  let known = deleted
  const look = Effect.gen(function* () {
    const shown = yield* findItems(table, session)
    known = [
      ...new Map([...known, ...shown].map((item) => [JSON.stringify(keyOf(item)), item])).values()
    ]
    const left = yield* getItems(table, known.map(keyOf), { consistent: true })
    const ours = [...left.values()].filter(({ sessionId }) => sessionId?.S === session)
    yield* deleteItems(table, session, ours, () => Effect.void)
    return { left: ours.length, isFollowed: shown.length === 0 }
  })
  return look.pipe(
    Effect.repeat({
      schedule: untilFollowed,
      until: ({ isFollowed, left }) => left === 0 && isFollowed
    }),
    Effect.map(({ left }) => ({ left, known }))
  )
}
