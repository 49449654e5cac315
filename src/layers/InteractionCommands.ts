/** The commands of the interaction store: each condition and expression is written here once. */
import { PutItemCommand, QueryCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import type { Period, WeekId } from "../schema/IsoWeek.ts"
import type { Item } from "./DynamoDb.ts"
import { type Half, indexes, keyAttributes, ttlAttribute, wholeItem } from "./InteractionItem.ts"

/** `SET name = :name, …` for the attributes, with names escaped. */
const assignments = (attributes: Item) => ({
  clauses: Object.keys(attributes).map((name) => `#${name} = :${name}`),
  names: Object.fromEntries(Object.keys(attributes).map((name) => [`#${name}`, name])),
  values: Object.fromEntries(Object.entries(attributes).map(([name, v]) => [`:${name}`, v]))
})

/** Written only where nothing is; what is there comes back instead. */
export const putWhole = (tableName: string, query: Half, response: Half) =>
  new PutItemCommand({
    TableName: tableName,
    Item: wholeItem(query, response),
    ConditionExpression: "attribute_not_exists(requestId)",
    ReturnConsumedCapacity: "TOTAL",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD"
  })

/** One write for a lone half, in whichever order the halves come, and no read before it. */
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

/** One page of a span's share of one week of the index, without what has expired. */
export const weekQuery = (
  tableName: string,
  span: Pick<Period, "startMs" | "endMs">,
  options: { weekId: WeekId; nowMs: number; after: Item | undefined }
) =>
  new QueryCommand({
    TableName: tableName,
    IndexName: indexes.week,
    KeyConditionExpression: "#week = :week AND #timestamp BETWEEN :first AND :last",
    FilterExpression: "#expiresAt > :now",
    ExpressionAttributeNames: {
      "#week": "week",
      "#timestamp": "timestamp",
      "#expiresAt": ttlAttribute
    },
    ExpressionAttributeValues: {
      ":week": { S: options.weekId },
      ":first": { N: String(span.startMs) },
      ":last": { N: String(span.endMs - 1) },
      ":now": { N: String(Math.floor(options.nowMs / 1000)) }
    },
    ...(options.after === undefined ? {} : { ExclusiveStartKey: options.after })
  })
