/**
 * The original design, as its article describes it, with its `Date.now()` and its warning for an
 * orphan. A question is put into an interim table; an answer gets it, puts the whole record into a
 * table whose week index projects everything, and deletes the interim item.
 */
import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb"
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand
} from "@aws-sdk/lib-dynamodb"
import type {
  InteractionEvent,
  QueryEvent,
  ResponseEvent
} from "../../src/schema/AnalyticsEvent.ts"
import type { SqsEvent } from "./Traffic.ts"

const [queryTable, analyticsTable] = ["QueryEventTable", "AnalyticsTable"] as const

const keys = [
  { AttributeName: "requestId", KeyType: "HASH" },
  { AttributeName: "timestamp", KeyType: "RANGE" }
] satisfies CreateTableCommandInput["KeySchema"]

const attributes = [
  { AttributeName: "requestId", AttributeType: "S" },
  { AttributeName: "timestamp", AttributeType: "N" }
] satisfies CreateTableCommandInput["AttributeDefinitions"]

export const interimTable = {
  TableName: queryTable,
  BillingMode: "PAY_PER_REQUEST",
  KeySchema: keys,
  AttributeDefinitions: attributes
} satisfies CreateTableCommandInput

export const recordTable = {
  TableName: analyticsTable,
  BillingMode: "PAY_PER_REQUEST",
  KeySchema: keys,
  AttributeDefinitions: [...attributes, { AttributeName: "week", AttributeType: "S" }],
  GlobalSecondaryIndexes: [
    {
      IndexName: "week-index",
      KeySchema: [
        { AttributeName: "week", KeyType: "HASH" },
        { AttributeName: "timestamp", KeyType: "RANGE" }
      ],
      Projection: { ProjectionType: "ALL" }
    }
  ]
} satisfies CreateTableCommandInput

export const referenceTables = [interimTable, recordTable]

const inDays = (days: number): number => Math.floor(Date.now() / 1000) + days * 86_400

/** The ISO week in UTC, by its Thursday; our own function would bring our libraries along. */
const weekIdOf = (timestamp: number): string => {
  const date = new Date(timestamp)
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7))
  const year = date.getUTCFullYear()
  const days = (date.getTime() - Date.UTC(year, 0, 1)) / 86_400_000
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, "0")}`
}

/** The item of a question until its answer comes. */
export const interimOf = (event: QueryEvent) => ({ ...event, expiresAt: inDays(1) })

/** The record of both; the question comes from the interim table. */
export const recordOf = (question: Record<string, unknown>, event: ResponseEvent) => ({
  requestId: event.requestId,
  timestamp: question.timestamp,
  week: weekIdOf(event.queryTimestamp),
  query: question.query,
  response: event.response,
  matchScore: event.matchScore,
  sessionId: question.sessionId,
  expiresAt: inDays(90)
})

const processQuery = (client: DynamoDBDocumentClient, event: QueryEvent) =>
  client.send(new PutCommand({ TableName: queryTable, Item: interimOf(event) }))

const processResponse = async (client: DynamoDBDocumentClient, event: ResponseEvent) => {
  const Key = { requestId: event.requestId, timestamp: event.queryTimestamp }
  const { Item: question } = await client.send(new GetCommand({ TableName: queryTable, Key }))
  if (question === undefined) {
    process.emitWarning(`Orphaned response: no query found for ${event.requestId}`)
    return
  }
  await client.send(new PutCommand({ TableName: analyticsTable, Item: recordOf(question, event) }))
  await client.send(new DeleteCommand({ TableName: queryTable, Key }))
}

/** Stores a question in one request, and an answer in three. */
export const processEvent = async (
  client: DynamoDBDocumentClient,
  event: InteractionEvent
): Promise<void> => {
  if (event.eventType === "query") await processQuery(client, event)
  else await processResponse(client, event)
}

export const makeHandler = (client: DynamoDBDocumentClient) => async (event: SqsEvent) => {
  const batchItemFailures: Array<{ itemIdentifier: string }> = []
  for (const { body, messageId } of event.Records) {
    try {
      await processEvent(client, JSON.parse(body))
    } catch {
      batchItemFailures.push({ itemIdentifier: messageId })
    }
  }
  return { batchItemFailures }
}
