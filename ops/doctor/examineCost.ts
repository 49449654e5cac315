/** Examines what costs: the free tier, and the polls of an empty queue. */
import { GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Definitions, Delivery } from "../../infra/definitions/Definitions.ts"
import { allPages } from "../aws/allPages.ts"
import { CloudWatch } from "../aws/Clients.ts"
import { FreeTier, GetFreeTierUsageCommand } from "../aws/FreeTier.ts"
import { Check } from "../deploy/Check.ts"
import { understand } from "../deploy/DeployFault.ts"
import { examine } from "./examine.ts"

const Usage = Schema.Struct({
  freeTierUsages: Schema.Array(
    Schema.Struct({
      service: Schema.optionalKey(Schema.String),
      usageType: Schema.optionalKey(Schema.String),
      forecastedUsageAmount: Schema.optionalKey(Schema.Number),
      limit: Schema.optionalKey(Schema.Number),
      unit: Schema.optionalKey(Schema.String)
    })
  ),
  nextToken: Schema.optionalKey(Schema.NullOr(Schema.String))
})

const readMeters = allPages((token) =>
  FreeTier.use((send) => send(new GetFreeTierUsageCommand(token))).pipe(
    Effect.flatMap(understand(Usage, "the free tier", "npm ci, then run the command again.")),
    Effect.map(({ freeTierUsages, nextToken }) => [freeTierUsages, nextToken])
  )
)

/** AWS's forecast for this month covers the whole account. */
export const examineFreeTier = examine(
  "free tier",
  readMeters.pipe(
    Effect.map((meters) => {
      const over = meters.filter(
        ({ forecastedUsageAmount = 0, limit = 0 }) => limit > 0 && forecastedUsageAmount > limit
      )
      if (over.length === 0) {
        return [Check.Good({ subject: "free tier", text: `${meters.length} meters, all within` })]
      }
      return over.map(({ forecastedUsageAmount, limit, service, unit, usageType }) =>
        Check.Bad({
          subject: `free tier of ${service}`,
          what: `${usageType}: ${forecastedUsageAmount} ${unit} forecast, ${limit} are free.`,
          mend: "docs/operations.md says what uses it; the rest of the month will cost money."
        })
      )
    })
  )
)

const days = 7
const dayMs = 86_400_000

const monthMinutes = 60 * 24 * 30

/** Five pollers without a pause make 3 long polls a minute each; a drain makes two at most. */
const expectedAtMost = (delivery: Delivery): number =>
  delivery.by === "trigger" ? 5 * 3 * monthMinutes : (2 * monthMinutes) / delivery.everyMinutes

const judgeEmptyReceives = (sums: ReadonlyArray<number>, delivery: Delivery): Check => {
  const subject = "empty receives"
  if (sums.length === 0) return Check.Unseen({ subject, why: "the first whole day is not over" })
  const month = Math.round((sums.reduce((total, sum) => total + sum, 0) / sums.length) * 30)
  const most = expectedAtMost(delivery)
  const who = delivery.by === "trigger" ? "five pollers" : "the drains"
  return month <= most
    ? Check.Good({ subject, text: `${month} in 30 days at this rate, of 1000000 free requests` })
    : Check.Bad({
        subject,
        what: `${month} in 30 days at this rate; ${who} make ${most}.`,
        mend: "Does another event source mapping, or another program, receive from the queue?"
      })
}

/** An empty queue is polled too, and each poll is a request. */
export const examineEmptyReceives = ({ delivery, queue }: Definitions) =>
  examine(
    "empty receives",
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const { Datapoints: points = [] } = yield* CloudWatch.use((send) =>
        send(
          new GetMetricStatisticsCommand({
            Namespace: "AWS/SQS",
            MetricName: "NumberOfEmptyReceives",
            Dimensions: [{ Name: "QueueName", Value: queue.name }],
            StartTime: new Date(now - days * dayMs),
            EndTime: new Date(now),
            Period: dayMs / 1000,
            Statistics: ["Sum"]
          })
        )
      )
      return [
        judgeEmptyReceives(
          points.map(({ Sum = 0 }) => Sum),
          delivery
        )
      ]
    })
  )
