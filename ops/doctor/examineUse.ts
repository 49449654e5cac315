/** What has been used of what is free. */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ask } from "../deploy/Aws.ts"
import { Check } from "../deploy/Check.ts"
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
  )
})

/** Of the whole account, by AWS's own forecast for this month. */
export const examineFreeTier = examine(
  "free tier",
  ask("freetier", "get-free-tier-usage", {}, Usage).pipe(
    Effect.map(({ freeTierUsages: found }) => {
      const over = found.filter(
        ({ forecastedUsageAmount = 0, limit = 0 }) => limit > 0 && forecastedUsageAmount > limit
      )
      if (over.length === 0) {
        return [Check.Good({ subject: "free tier", text: `${found.length} meters, all within` })]
      }
      return over.map(({ forecastedUsageAmount, limit, service, unit, usageType }) =>
        Check.Bad({
          subject: `free tier of ${service}`,
          what: `${usageType}: ${forecastedUsageAmount} ${unit} forecast, ${limit} are free.`,
          mend: "docs/operations.md says what uses it; the rest of the month will cost."
        })
      )
    })
  )
)

const days = 7
const dayMs = 86_400_000

/** Five pollers that never rest: 3 long polls a minute each, 30 days. */
const expectedAtMost = 5 * 3 * 60 * 24 * 30

const Statistics = Schema.Struct({
  Datapoints: Schema.Array(Schema.Struct({ Sum: Schema.Number }))
})

/** Lambda polls a queue in which there is nothing, too, and each of these polls is a request. */
export const examineEmptyReceives = (queue: string) =>
  examine(
    "empty receives",
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const at = (ms: number) => DateTime.formatIso(DateTime.makeUnsafe(ms))
      const { Datapoints: found } = yield* ask(
        "cloudwatch",
        "get-metric-statistics",
        {
          Namespace: "AWS/SQS",
          MetricName: "NumberOfEmptyReceives",
          Dimensions: [{ Name: "QueueName", Value: queue }],
          StartTime: at(now - days * dayMs),
          EndTime: at(now),
          Period: dayMs / 1000,
          Statistics: ["Sum"]
        },
        Statistics
      )
      const subject = "empty receives"
      if (found.length === 0) return [Check.Unseen({ subject, why: "no whole day is over yet" })]
      const sum = found.reduce((total, { Sum }) => total + Sum, 0)
      const month = Math.round((sum / found.length) * 30)
      return [
        month <= expectedAtMost
          ? Check.Good({
              subject,
              text: `${month} in 30 days at this rate, of 1000000 free requests`
            })
          : Check.Bad({
              subject,
              what: `${month} in 30 days at this rate; five pollers make ${expectedAtMost}.`,
              mend: "Does another event source mapping, or another program, receive from the queue?"
            })
      ]
    })
  )
