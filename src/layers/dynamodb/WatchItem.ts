/** The one item in which the watch remembers its episodes from run to run. */
import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import { decodeEpisodes, encodeEpisodes } from "../../schema/watch/Episodes.ts"
import { EpisodesChanged, type ReportLedger } from "../../services/ReportLedger.ts"
import { callPatiently, type DynamoDb, type Item, read } from "./DynamoDb.ts"

/** Like every ledger item it is outside of both indexes. */
const watchKey: Item = { requestId: { S: "watch#episodes" }, timestamp: { N: "0" } }

/** The two verbs of the ledger that concern it. */
export const watching = (
  client: DynamoDb["Service"],
  tableName: string
): Pick<ReportLedger["Service"], "keepWatched" | "watched"> => ({
  watched: Effect.gen(function* () {
    const command = new GetItemCommand({
      TableName: tableName,
      Key: watchKey,
      ConsistentRead: true
    })
    const { Item: item } = yield* read("GetItem", (o) => client.send(command, o))
    return {
      episodes: decodeEpisodes(item?.episodes?.S),
      version: Number(item?.version?.N ?? 0)
    }
  }).pipe(Effect.withSpan("ReportLedger.watched")),
  keepWatched: Effect.fn("ReportLedger.keepWatched")(function* ({ episodes, version }) {
    const command = new UpdateItemCommand({
      TableName: tableName,
      Key: watchKey,
      UpdateExpression: "SET episodes = :episodes, #version = :next",
      ConditionExpression: "attribute_not_exists(#version) OR #version = :version",
      ExpressionAttributeNames: { "#version": "version" },
      ExpressionAttributeValues: {
        ":episodes": { S: encodeEpisodes(episodes) },
        ":next": { N: String(version + 1) },
        ":version": { N: String(version) }
      }
    })
    yield* callPatiently("UpdateItem", (o) => client.send(command, o)).pipe(
      Effect.asVoid,
      Effect.catchTag("ConditionFailed", () => Effect.fail(new EpisodesChanged({ version })))
    )
  })
})
