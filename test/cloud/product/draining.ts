/** Delivery by the schedule: deployed in place of the trigger, and run as it runs. */
import { deepStrictEqual, match, strictEqual } from "node:assert/strict"
import { ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda"
import { GetScheduleCommand } from "@aws-sdk/client-scheduler"
import * as Effect from "effect/Effect"
import { periodOf } from "../../../src/schema/IsoWeek.ts"
import { claim } from "../../examples/Finding.ts"
import { call } from "../Cloud.ts"
import { reportedWeek, utc } from "../delivery.ts"
import { messagesOf, sendAll } from "../messages.ts"
import { allStored, scheduled, storeAll, stored } from "../storing.ts"
import type { Product } from "./Product.ts"

export const draining = Effect.fnUntraced(function* (product: Product) {
  const { checkout, clients, desired } = product
  const deployed = yield* claim(
    "deploy makes the drain's schedule and takes the trigger away",
    Effect.gen(function* () {
      checkout.configure({ terraform: { delivery: "schedule" } })
      yield* checkout.succeed("deploy --only infra,processor --at-once --skip-smoke")
      yield* call(async () => {
        const { Target } = await clients.schedules.send(
          new GetScheduleCommand({ Name: "cv-analytics-drain" })
        )
        match(String(Target?.Arn), /:cv-analytics-processor:live$/)
        deepStrictEqual(JSON.parse(String(Target?.Input)), { drain: true })
        const EventSourceArn = String(desired.outputs.queue_arn)
        const { EventSourceMappings } = await clients.functions.send(
          new ListEventSourceMappingsCommand({ EventSourceArn })
        )
        deepStrictEqual(EventSourceMappings, [])
      })
    })
  )
  const drained = yield* claim(
    "drains store 130 messages with repeats and poison once, or dead with their reason",
    Effect.gen(function* () {
      const before = yield* stored(product)
      const { startMs } = periodOf(yield* reportedWeek, utc)
      strictEqual(yield* sendAll(product, messagesOf(startMs)), 130)
      yield* storeAll(product, scheduled)
      yield* allStored(product, before)
    })
  )
  return [deployed, drained]
})
