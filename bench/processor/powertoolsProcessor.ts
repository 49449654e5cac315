/** The original design's Lambda on Powertools' FIFO processor, which stops a group on failure. */
import { processPartialResponse, SqsFifoPartialProcessorAsync } from "@aws-lambda-powertools/batch"
import { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb"
import { processEvent } from "./reference.ts"
import type { SqsEvent } from "./Traffic.ts"

const processor = new SqsFifoPartialProcessorAsync()
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export const handler = (event: SqsEvent) =>
  processPartialResponse(
    { Records: [...event.Records] },
    (record: { readonly body: string }) => processEvent(client, JSON.parse(record.body)),
    processor,
    { skipGroupOnError: true }
  )
