/** The original design's Lambda, without a library for batches: one record after the other. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb"
import { makeHandler } from "./reference.ts"

export const handler = makeHandler(DynamoDBDocumentClient.from(new DynamoDBClient({})))
