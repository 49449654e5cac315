/** How the account's queue is emptied, by the trigger and by the schedule. */
import { deepStrictEqual, strictEqual } from "node:assert/strict"
import { GetQueueAttributesCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { storedInteractions } from "../../local/census.ts"
import * as EventSourceMapping from "../../local/lambda/EventSourceMapping.ts"
import { eventually } from "../e2e/eventually.ts"
import { type Cloud, call } from "./Cloud.ts"
import { startLive } from "./liveFunction.ts"
import { region } from "./Moto.ts"
import { poison, requests } from "./messages.ts"

const depthOf = ({ clients, desired }: Cloud, output: "queue_url" | "dead_letters_url") =>
  call(async () => {
    const QueueUrl = String(desired.outputs[output])
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })
    const { Attributes = {} } = await clients.queues.send(command)
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes
    return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible)
  })

const setVisibility = ({ clients, desired }: Cloud, VisibilityTimeout: string) =>
  call(() =>
    clients.queues.send(
      new SetQueueAttributesCommand({
        QueueUrl: String(desired.outputs.queue_url),
        Attributes: { VisibilityTimeout }
      })
    )
  )

/** Runs the live processor by the queue's trigger until the scope ends. */
export const trigger = Effect.fnUntraced(function* (cloud: Cloud) {
  const { invoke } = yield* startLive(cloud, "processor")
  yield* EventSourceMapping.make({
    endpoint: cloud.endpoint,
    queueUrl: String(cloud.desired.outputs.queue_url),
    region,
    maxConcurrency: 2,
    invoke
  })
})

/** Runs the live processor as the schedule does, one run after another, until the scope ends. */
export const scheduled = Effect.fnUntraced(function* (cloud: Cloud) {
  const { invoke } = yield* startLive(cloud, "processor")
  yield* Effect.forkScoped(Effect.forever(invoke({ drain: true })))
})

/** Stores all messages of the queue; one that fails comes soon again. */
export const storeAll = Effect.fnUntraced(function* (
  cloud: Cloud,
  by: typeof trigger | typeof scheduled = trigger
) {
  const { visibility_timeout_seconds } = cloud.desired.resources["aws_sqs_queue.events"] ?? {}
  yield* setVisibility(cloud, "1")
  yield* by(cloud)
  yield* eventually(
    Effect.map(depthOf(cloud, "queue_url"), (depth) => strictEqual(depth, 0, "messages wait"))
  )
  yield* setVisibility(cloud, String(visibility_timeout_seconds))
}, Effect.scoped)

/** The numbers of all stored exchanges, and of those with both halves. */
export const stored = ({ clients, desired }: Cloud) =>
  Effect.map(
    Stream.runCollect(storedInteractions(clients.tables, String(desired.outputs.table_name))),
    (all) => ({
      all: all.length,
      whole: all.filter(({ status }) => status === "correlated").length
    })
  )

/** The table has each exchange once and whole, and the dead letters have the poison. */
export const allStored = Effect.fnUntraced(function* (
  cloud: Cloud,
  before: Effect.Success<ReturnType<typeof stored>> = { all: 0, whole: 0 }
) {
  deepStrictEqual(yield* stored(cloud), {
    all: before.all + requests,
    whole: before.whole + requests
  })
  strictEqual(yield* depthOf(cloud, "dead_letters_url"), poison.length)
})
