/** The commands of the interaction store: each condition and expression is written here once. */
import { PutItemCommand, QueryCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import type { FeedbackEvent } from "../../schema/AnalyticsEvent.ts"
import type { Span, WeekId } from "../../schema/IsoWeek.ts"
import type { Item } from "./DynamoDb.ts"
import { firstLive, type Half, indexes, keyAttributes, wholeItem } from "./InteractionItem.ts"
import { orderAttributes, voteItem } from "./VoteItem.ts"

/** `SET name = :name, …` for the attributes, with names escaped. */
const assignments = (attributes: Item) => ({
  clauses: Object.keys(attributes).map((name) => `#${name} = :${name}`),
  names: Object.fromEntries(Object.keys(attributes).map((name) => [`#${name}`, name])),
  values: Object.fromEntries(Object.entries(attributes).map(([name, v]) => [`:${name}`, v]))
})

/** Writes a new item; where there is one already, that item comes back instead. */
export const putWhole = (tableName: string, query: Half, response: Half) =>
  new PutItemCommand({
    TableName: tableName,
    Item: wholeItem(query, response),
    ConditionExpression: "attribute_not_exists(requestId)",
    ReturnConsumedCapacity: "TOTAL",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD"
  })

/** Writes a lone half without a read before it, in whichever order the halves come. */
export const updateHalf = (tableName: string, half: Half) => {
  const plain = assignments({ ...half.shared, ...half.own })
  const session =
    half.bodyAttribute === "queryEvent" ? ":sessionId" : "if_not_exists(sessionId, :sessionId)"
  return new UpdateItemCommand({
    TableName: tableName,
    Key: keyAttributes(half.key),
    UpdateExpression: `SET ${[
      ...plain.clauses,
      `sessionId = ${session}`,
      "#status = if_not_exists(nextStatus, :firstStatus)"
    ].join(", ")}`,
    ConditionExpression: `attribute_not_exists(${half.bodyAttribute})`,
    ExpressionAttributeNames: { ...plain.names, "#status": "status" },
    ExpressionAttributeValues: {
      ...plain.values,
      ":sessionId": half.sessionId,
      ":firstStatus": { S: half.firstStatus }
    },
    ReturnConsumedCapacity: "TOTAL",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD"
  })
}

/** Writes a vote unless the item has a later one, or this one; a maximum, so order is no matter. */
export const putVote = (tableName: string, vote: FeedbackEvent) => {
  const { values } = assignments(orderAttributes(vote))
  return new PutItemCommand({
    TableName: tableName,
    Item: voteItem(vote),
    ConditionExpression:
      "attribute_not_exists(requestId) OR votedAt < :votedAt " +
      "OR (votedAt = :votedAt AND voteId < :voteId)",
    ExpressionAttributeValues: values,
    ReturnConsumedCapacity: "TOTAL",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD"
  })
}

export interface WeekPage {
  readonly period: Span
  readonly weekId: WeekId
  /** The same for all pages, because a page must begin inside the range that it asks for. */
  readonly nowMs: number
  readonly after: Item | undefined
}

/** Reads one page of the questions that a period has in one week of the index and still live. */
export const weekQuery = (tableName: string, { after, nowMs, period, weekId }: WeekPage) => {
  const { endMs, startMs } = period
  const live = Math.max(startMs, firstLive(nowMs))
  // a range that ends before it begins is refused, and no question is from before 1970
  const [first, last] = live < endMs ? [live, endMs - 1] : [-1, -1]
  return new QueryCommand({
    TableName: tableName,
    IndexName: indexes.week,
    KeyConditionExpression: "#week = :week AND #timestamp BETWEEN :first AND :last",
    ExpressionAttributeNames: { "#week": "week", "#timestamp": "timestamp" },
    ExpressionAttributeValues: {
      ":week": { S: weekId },
      ":first": { N: String(first) },
      ":last": { N: String(last) }
    },
    ...(after === undefined ? {} : { ExclusiveStartKey: after })
  })
}

/** Reads the last question that a span has in one week of the index and still lives. */
export const newestQuery = (tableName: string, page: Omit<WeekPage, "after">) => {
  const { input } = weekQuery(tableName, { ...page, after: undefined })
  return new QueryCommand({ ...input, ScanIndexForward: false, Limit: 1 })
}
