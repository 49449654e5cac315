/** A Worker that sends with aws4fetch by hand. */
import { AwsClient } from "aws4fetch"
import type { Env } from "./answer.ts"
import { answerWith } from "./plainWorker.ts"

const clients = new WeakMap<Env, AwsClient>()

/** Kept, so that its signing key is derived once a day. */
const clientOf = (env: Env): AwsClient => {
  const client =
    clients.get(env) ??
    new AwsClient({
      accessKeyId: env.CV_ANALYTICS_ACCESS_KEY_ID,
      secretAccessKey: env.CV_ANALYTICS_SECRET_ACCESS_KEY,
      region: env.CV_ANALYTICS_REGION,
      service: "sqs"
    })
  clients.set(env, client)
  return client
}

const answer = answerWith((env, Entries) =>
  clientOf(env).fetch(new URL("/", env.CV_ANALYTICS_QUEUE_URL).href, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AmazonSQS.SendMessageBatch"
    },
    body: JSON.stringify({ QueueUrl: env.CV_ANALYTICS_QUEUE_URL, Entries })
  })
)

export default {
  fetch: (request: Request, env: Env, platform: Parameters<typeof answer>[2]) =>
    new URL(request.url).pathname === "/query" && request.method === "POST"
      ? answer(request, env, platform)
      : new Response("not found", { status: 404 })
}
