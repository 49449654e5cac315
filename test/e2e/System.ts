import { QueryCommand } from "@aws-sdk/client-dynamodb"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { buildBundles } from "../../infra/bundles.ts"
import type { Variables } from "../../infra/definitions/Terraform.ts"
import { queueDepths } from "../../local/census.ts"
import * as LocalSystem from "../../local/LocalSystem.ts"
import type { SystemEvent } from "../../local/SystemEvent.ts"
import { interactionOf } from "../../src/layers/dynamodb/InteractionItem.ts"
import { utcWeekId, wallClock } from "../../src/schema/IsoWeek.ts"
import { temporaryFolder } from "./temporaryFolder.ts"

/** A running system in a temporary folder, with the events that it has told. */
export class System extends Context.Service<
  System,
  LocalSystem.LocalSystem & {
    readonly folder: string
    readonly events: ReadonlyArray<SystemEvent>
  }
>()("test/System") {}

type Timing = Pick<LocalSystem.Options, "drainEvery">

const start = Effect.fnUntraced(function* (variables: Variables, timing: Timing) {
  yield* Effect.promise(buildBundles)
  const folder = yield* temporaryFolder
  const events: Array<SystemEvent> = []
  const system = yield* LocalSystem.start({
    ports: { worker: 0, inbox: 0, sqs: 0, dynamoDb: 0, metrics: 0 },
    folder,
    variables,
    ...timing,
    siteName: "cv.example.com",
    reportFrom: "reports@example.com",
    reportTo: "owner@example.com",
    reportRetryDelays: ["1 seconds", "2 seconds"],
    onEvent: (event) => Effect.sync(() => void events.push(event))
  })
  return { ...system, folder, events }
})

/** Runs the freshly built bundles on free ports until the layer ends. */
export const layer = (variables: Variables, timing: Timing = {}) =>
  Layer.effect(System, start(variables, timing)).pipe(Layer.provide(NodeServices.layer))

/** Reads all items of one request: at most one, unless something is wrong. */
export const storedFor = Effect.fnUntraced(function* (requestId: string) {
  const { definitions, dynamoDb } = yield* System
  const { Items = [] } = yield* Effect.promise((abortSignal) =>
    dynamoDb.send(
      new QueryCommand({
        TableName: definitions.table.TableName,
        ConsistentRead: true,
        KeyConditionExpression: "requestId = :requestId",
        ExpressionAttributeValues: { ":requestId": { S: requestId } }
      }),
      { abortSignal }
    )
  )
  return Items.map(interactionOf)
})

/** Reads the one interaction of a request, when both halves are stored. */
export const correlatedFor = Effect.fnUntraced(function* (requestId: string) {
  const [interaction, ...others] = yield* storedFor(requestId)
  assert.isEmpty(others)
  if (interaction?.status === "correlated") return interaction
  return assert.fail(`${requestId} is ${interaction?.status ?? "not stored"}`)
})

/** Counts messages in the queue, also those in flight, and in the dead-letter queue. */
export const depths = Effect.gen(function* () {
  const { deadLetters, queue } = yield* queueDepths(yield* System)
  return {
    queue: queue.waiting + queue.inFlight,
    deadLetters: deadLetters.waiting + deadLetters.inFlight
  }
})

/** The current week, in the time zone of the schedule. */
export const currentWeek = Effect.gen(function* () {
  const { definitions } = yield* System
  const zone = DateTime.zoneMakeNamedUnsafe(definitions.schedule.timeZone)
  return utcWeekId(wallClock(yield* Clock.currentTimeMillis, zone))
})
