/** AWS's own clients of one account. */
import { BudgetsClient } from "@aws-sdk/client-budgets"
import { CloudFormationClient } from "@aws-sdk/client-cloudformation"
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch"
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs"
import { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { IAMClient } from "@aws-sdk/client-iam"
import { LambdaClient } from "@aws-sdk/client-lambda"
import { S3Client } from "@aws-sdk/client-s3"
import { SchedulerClient } from "@aws-sdk/client-scheduler"
import { SNSClient } from "@aws-sdk/client-sns"
import { SQSClient } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import { clientConfig } from "./Moto.ts"

/** The caller destroys them. */
export const open = (endpoint: string) => {
  const config = clientConfig(endpoint)
  return {
    alarms: new CloudWatchClient(config),
    budgets: new BudgetsClient(config),
    functions: new LambdaClient(config),
    identities: new IAMClient(config),
    logs: new CloudWatchLogsClient(config),
    objects: new S3Client({ ...config, forcePathStyle: true }),
    queues: new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
    schedules: new SchedulerClient(config),
    stacks: new CloudFormationClient(config),
    tables: new DynamoDBClient(config),
    topics: new SNSClient(config)
  }
}
export type Clients = ReturnType<typeof open>

/** They close with the scope. */
export const openClients = (endpoint: string) =>
  Effect.acquireRelease(
    Effect.sync(() => open(endpoint)),
    (clients) =>
      Effect.sync(() => {
        for (const client of Object.values(clients)) client.destroy()
      })
  )
