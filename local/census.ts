import { type DynamoDBClient, ScanCommand, type ScanCommandOutput } from "@aws-sdk/client-dynamodb"
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { questionKey } from "../src/layers/dynamodb/VoteItem.ts"
import type { LocalSystem } from "./LocalSystem.ts"

/** The part of a stored interaction that is counted. */
export interface StoredInteraction {
  readonly requestId: string
  readonly status: string
  readonly hasQuery: boolean
  readonly hasResponse: boolean
}

type Item = NonNullable<ScanCommandOutput["Items"]>[number]

/** Reads every item of the table that has the attribute. */
const itemsWith = <A>(
  client: DynamoDBClient,
  tableName: string,
  attribute: string,
  read: (item: Item) => A
) =>
  Stream.paginate(undefined as ScanCommand["input"]["ExclusiveStartKey"], (after) =>
    Effect.promise((abortSignal) =>
      client.send(
        new ScanCommand({
          TableName: tableName,
          ConsistentRead: true,
          FilterExpression: "attribute_exists(#attribute)",
          ExpressionAttributeNames: { "#attribute": attribute },
          ...(after === undefined ? {} : { ExclusiveStartKey: after })
        }),
        { abortSignal }
      )
    ).pipe(
      Effect.map(
        ({ Items = [], LastEvaluatedKey }) =>
          [Items.map(read), Option.fromUndefinedOr(LastEvaluatedKey)] as const
      )
    )
  )

/** Every interaction in the table; votes and the report ledger's items have no status. */
export const storedInteractions = (client: DynamoDBClient, tableName: string) =>
  itemsWith(
    client,
    tableName,
    "status",
    (item): StoredInteraction => ({
      requestId: item.requestId?.S ?? "",
      status: item.status?.S ?? "",
      hasQuery: item.queryEvent !== undefined,
      hasResponse: item.responseEvent !== undefined
    })
  )

/** The id of the vote that each voted request has. */
export const storedVotes = (client: DynamoDBClient, tableName: string) =>
  itemsWith(
    client,
    tableName,
    "vote",
    (item) => [questionKey(item).requestId?.S ?? "", item.voteId?.S ?? ""] as const
  )

const depth = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const

const queueDepth = ({ sqs }: LocalSystem, queueUrl: string) =>
  Effect.promise((abortSignal) =>
    sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...depth] }), {
      abortSignal
    })
  ).pipe(
    Effect.map(({ Attributes = {} }) => ({
      waiting: Number(Attributes[depth[0]]),
      inFlight: Number(Attributes[depth[1]])
    }))
  )

export const queueDepths = (system: LocalSystem) =>
  Effect.all({
    queue: queueDepth(system, system.queueUrl),
    deadLetters: queueDepth(system, system.deadLettersUrl)
  })
