/** Examines the limits on cost: the budget, the free tier, and the polls of an empty queue. */
import {
  DescribeBudgetCommand,
  DescribeNotificationsForBudgetCommand
} from "@aws-sdk/client-budgets"
import { GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { Budgets, CloudWatch } from "../aws/Clients.ts"
import { FreeTier, GetFreeTierUsageCommand } from "../aws/FreeTier.ts"
import { Check } from "../deploy/Check.ts"
import { understand } from "../deploy/DeployFault.ts"
import type { Account, DefinedBudget } from "./DefinedResources.ts"
import { atOnce, examine, examineFacts } from "./examine.ts"

const warningsText = (
  warnings: ReadonlyArray<readonly [type: string | undefined, percent: number | undefined]>
): string =>
  warnings
    .map(([type, percent]) => `${type} ${percent} %`)
    .toSorted()
    .join(", ")

/** Examines the limit, and the warnings that tell the owner when it is passed. */
export const examineBudget = ({ id }: Account, defined: DefinedBudget) => {
  const input = { AccountId: id, BudgetName: defined.name }
  return examineFacts(
    `budget ${defined.name}`,
    Budgets.use((send) =>
      Effect.all(
        [
          send(new DescribeBudgetCommand(input)),
          send(new DescribeNotificationsForBudgetCommand(input))
        ],
        atOnce
      )
    ),
    ([{ Budget: budget }, { Notifications: warnings = [] }]) => {
      const { Amount, Unit } = budget?.BudgetLimit ?? {}
      return {
        "limit a month": [
          `${defined.limit_amount} ${defined.limit_unit}`,
          `${Number(Amount)} ${Unit}`
        ],
        warnings: [
          warningsText(defined.notification.map((one) => [one.notification_type, one.threshold])),
          warningsText(warnings.map((one) => [one.NotificationType, one.Threshold]))
        ]
      }
    }
  )
}

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

const readMeters = Stream.paginate(undefined as string | undefined, (token) =>
  FreeTier.use((send) => send(new GetFreeTierUsageCommand(token))).pipe(
    Effect.flatMap(understand(Usage, "the free tier", "npm ci, then run the command again.")),
    Effect.map(({ freeTierUsages, nextToken }) => [
      freeTierUsages,
      Option.fromUndefinedOr(nextToken || undefined)
    ])
  )
).pipe(Stream.runCollect)

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

/** Five pollers without a pause: 3 long polls a minute each, for 30 days. */
const expectedAtMost = 5 * 3 * 60 * 24 * 30

const judgeEmptyReceives = (sums: ReadonlyArray<number>): Check => {
  const subject = "empty receives"
  if (sums.length === 0) return Check.Unseen({ subject, why: "the first whole day is not over" })
  const month = Math.round((sums.reduce((total, sum) => total + sum, 0) / sums.length) * 30)
  return month <= expectedAtMost
    ? Check.Good({ subject, text: `${month} in 30 days at this rate, of 1000000 free requests` })
    : Check.Bad({
        subject,
        what: `${month} in 30 days at this rate; five pollers make ${expectedAtMost}.`,
        mend: "Does another event source mapping, or another program, receive from the queue?"
      })
}

/** Lambda polls an empty queue too, and each poll is a request. */
export const examineEmptyReceives = (queue: string) =>
  examine(
    "empty receives",
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const { Datapoints: points = [] } = yield* CloudWatch.use((send) =>
        send(
          new GetMetricStatisticsCommand({
            Namespace: "AWS/SQS",
            MetricName: "NumberOfEmptyReceives",
            Dimensions: [{ Name: "QueueName", Value: queue }],
            StartTime: new Date(now - days * dayMs),
            EndTime: new Date(now),
            Period: dayMs / 1000,
            Statistics: ["Sum"]
          })
        )
      )
      return [judgeEmptyReceives(points.map(({ Sum = 0 }) => Sum))]
    })
  )
