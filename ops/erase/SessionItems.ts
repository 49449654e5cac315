/** Finds the interactions of a session, deletes interactions by key, and looks again. */
import { DeleteItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { indexes } from "../../src/layers/dynamodb/InteractionItem.ts"
import { tombstoneOf, voteKey } from "../../src/layers/dynamodb/VoteItem.ts"
import type { RequestId, SessionId } from "../../src/schema/AnalyticsEvent.ts"
import type { InteractionKey } from "../../src/schema/Interaction.ts"
import { getItems, keyOf, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"
import { positionOf } from "../installation/WeekIndex.ts"

/** A page of this size costs the read units of a few seconds. */
const pageLengthMax = 250

/** Reads key and question of each item, also of expired items that DynamoDB has yet to delete. */
export const findItems = (table: Table, session: SessionId) =>
  Stream.paginate(undefined as Item | undefined, (after) =>
    table
      .read(
        new QueryCommand({
          TableName: table.name,
          IndexName: indexes.session,
          KeyConditionExpression: "sessionId = :session",
          ExpressionAttributeValues: { ":session": { S: session } },
          ProjectionExpression: "requestId, #timestamp, question, sessionId",
          ExpressionAttributeNames: { "#timestamp": "timestamp" },
          Limit: pageLengthMax,
          ...(after !== undefined && { ExclusiveStartKey: after })
        })
      )
      .pipe(
        Effect.map(
          ({ Items = [], LastEvaluatedKey }) =>
            [Items, Option.fromUndefinedOr(LastEvaluatedKey)] as const
        )
      )
  ).pipe(Stream.runCollect)

export const keyIn = (item: Item): InteractionKey => {
  const { requestId, timestamp } = positionOf(item)
  return { requestId: requestId as RequestId, timestamp }
}

/** Succeeds when the item is gone already, and leaves an item of another session alone. */
const deleteItem = (table: Table, { sessionId, ...item }: Item) =>
  sessionId === undefined
    ? Effect.void
    : table
        .write(
          new DeleteItemCommand({
            TableName: table.name,
            Key: keyOf(item),
            ConditionExpression: "attribute_not_exists(requestId) OR sessionId = :session",
            ExpressionAttributeValues: { ":session": sessionId }
          })
        )
        .pipe(Effect.catchTag("ConditionFailed", () => Effect.void))

/** Replaces the vote, so that a late one leaves no comment; it goes before its interaction. */
const buryVote = (table: Table, item: Item) =>
  table
    .write(new PutItemCommand({ TableName: table.name, Item: tombstoneOf(keyIn(item)) }))
    .pipe(Effect.catchTag("ConditionFailed", Effect.die))

/** The votes on interactions, which are in no index of sessions. */
export const countVotes = (table: Table, items: ReadonlyArray<Item>) =>
  Effect.map(
    getItems(
      table,
      items.map((item) => voteKey(keyIn(item))),
      { consistent: true }
    ),
    (votes) => [...votes.values()].filter(({ vote }) => vote !== undefined).length
  )

export const deleteItems = (
  table: Table,
  items: ReadonlyArray<Item>,
  onDeleted: (count: number) => Effect.Effect<void>
) => {
  let deleted = 0
  const one = (item: Item) =>
    Effect.andThen(
      Effect.andThen(buryVote(table, item), deleteItem(table, item)),
      Effect.suspend(() => onDeleted(++deleted))
    )
  return Effect.forEach(items, one, { concurrency: 4, discard: true })
}

/** An index follows its table within moments. */
const untilFollowed = Schedule.spaced("1 second").pipe(Schedule.upTo({ times: 10 }))

/**
 * Looks again and deletes late items, until the look and the table have none. Returns all items
 * that were selected, and how many could not be deleted.
 */
export const verifyGone = <E, R>(
  table: Table,
  find: Effect.Effect<ReadonlyArray<Item>, E, R>,
  deleted: ReadonlyArray<Item>
) => {
  const known = new Map(deleted.map((item) => [nameOfItem(item), item]))
  const look = Effect.gen(function* () {
    const shown = yield* find
    for (const item of shown) known.set(nameOfItem(item), item)
    const keys = [...known.values()].map(keyOf)
    const stored = yield* getItems(table, keys, { consistent: true })
    const left = [...known].flatMap(([name, item]): ReadonlyArray<Item> => {
      const { sessionId } = stored.get(name) ?? {}
      return sessionId !== undefined && sessionId.S === item.sessionId?.S ? [item] : []
    })
    yield* deleteItems(table, left, () => Effect.void)
    return { left: left.length, isGone: left.length + shown.length === 0 }
  })
  return look.pipe(
    Effect.repeat({ schedule: untilFollowed, until: ({ isGone }) => isGone }),
    Effect.map(({ left }) => ({ left, known: [...known.values()] }))
  )
}
