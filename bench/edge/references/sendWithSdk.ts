import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs"
import type { Env } from "./answer.ts"
import type { Send } from "./plainWorker.ts"

const clients = new WeakMap<Env, SQSClient>()

const clientOf = (env: Env): SQSClient => {
  const client =
    clients.get(env) ??
    new SQSClient({
      region: env.CV_ANALYTICS_REGION,
      endpoint: new URL(env.CV_ANALYTICS_QUEUE_URL).origin,
      credentials: {
        accessKeyId: env.CV_ANALYTICS_ACCESS_KEY_ID,
        secretAccessKey: env.CV_ANALYTICS_SECRET_ACCESS_KEY
      }
    })
  clients.set(env, client)
  return client
}

export const sendWithSdk: Send = (env, Entries) =>
  clientOf(env).send(new SendMessageBatchCommand({ QueueUrl: env.CV_ANALYTICS_QUEUE_URL, Entries }))
