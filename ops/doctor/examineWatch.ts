/** What watches over the system: alarms, who hears them, logs that forget, and the schedules. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ask } from "../deploy/Aws.ts"
import { Check } from "../deploy/Check.ts"
import { compare, deployInfra } from "./compare.ts"
import type {
  DefinedAlarm,
  DefinedLogGroup,
  DefinedResources,
  DefinedSchedule
} from "./DefinedResources.ts"
import { examine } from "./examine.ts"

const ScheduleOutput = Schema.Struct({
  ScheduleExpression: Schema.String,
  ScheduleExpressionTimezone: Schema.String,
  State: Schema.String,
  Target: Schema.Struct({ Arn: Schema.String })
})

const examineSchedule = (defined: DefinedSchedule) =>
  examine(
    `schedule ${defined.name}`,
    ask("scheduler", "get-schedule", { Name: defined.name }, ScheduleOutput).pipe(
      Effect.map((found) => [
        compare(
          `schedule ${defined.name}`,
          {
            state: "ENABLED",
            expression: defined.schedule_expression,
            zone: defined.schedule_expression_timezone,
            "goes to": "the alias live"
          },
          {
            state: found.State,
            expression: found.ScheduleExpression,
            zone: found.ScheduleExpressionTimezone,
            "goes to": found.Target.Arn.endsWith("-reporter:live")
              ? "the alias live"
              : found.Target.Arn
          },
          deployInfra
        )
      ])
    )
  )

const Found = Schema.Struct({
  AlarmName: Schema.String,
  ActionsEnabled: Schema.Boolean,
  AlarmActions: Schema.Array(Schema.String),
  StateValue: Schema.String,
  Threshold: Schema.optionalKey(Schema.Number),
  ComparisonOperator: Schema.String,
  EvaluationPeriods: Schema.Number,
  TreatMissingData: Schema.optionalKey(Schema.String),
  Namespace: Schema.optionalKey(Schema.String),
  MetricName: Schema.optionalKey(Schema.String),
  Dimensions: Schema.optionalKey(
    Schema.Array(Schema.Struct({ Name: Schema.String, Value: Schema.String }))
  ),
  Statistic: Schema.optionalKey(Schema.String),
  Period: Schema.optionalKey(Schema.Number)
})

const Alarms = Schema.Struct({ MetricAlarms: Schema.Array(Found) })

const dimensionsText = (dimensions: ReadonlyArray<readonly [string, string]>): string =>
  dimensions
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join(", ")

const examineAlarm = (
  alarm: DefinedAlarm,
  found: typeof Found.Type | undefined
): ReadonlyArray<Check> => {
  const subject = `alarm ${alarm.alarm_name}`
  if (found === undefined) {
    return [Check.Bad({ subject, what: "it is not there.", mend: deployInfra })]
  }
  const settings = compare(
    subject,
    {
      namespace: alarm.namespace,
      metric: alarm.metric_name,
      dimensions: dimensionsText(Object.entries(alarm.dimensions ?? {})),
      statistic: alarm.statistic,
      period: alarm.period,
      threshold: alarm.threshold,
      comparison: alarm.comparison_operator,
      periods: alarm.evaluation_periods,
      "missing data": alarm.treat_missing_data,
      mails: true
    },
    {
      namespace: found.Namespace,
      metric: found.MetricName,
      dimensions: dimensionsText(
        (found.Dimensions ?? []).map(({ Name, Value }) => [Name, Value] as const)
      ),
      statistic: found.Statistic,
      period: found.Period,
      threshold: found.Threshold,
      comparison: found.ComparisonOperator,
      periods: found.EvaluationPeriods,
      "missing data": found.TreatMissingData ?? "missing",
      mails: found.ActionsEnabled && found.AlarmActions.length > 0
    },
    deployInfra
  )
  if (found.StateValue !== "ALARM") return [settings]
  return [
    settings,
    Check.Bad({ subject, what: "it is on.", mend: "docs/operations.md: when an alarm goes off." })
  ]
}

const Subscriptions = Schema.Struct({
  Subscriptions: Schema.Array(Schema.Struct({ SubscriptionArn: Schema.String }))
})

/** AWS mails nobody who has not followed the link that it sent. */
const examineListeners = (topic: string) =>
  examine(
    "alarm e-mail",
    ask("sns", "list-subscriptions-by-topic", { TopicArn: topic }, Subscriptions).pipe(
      Effect.map(({ Subscriptions: found }) => {
        const subject = "alarm e-mail"
        if (found.some(({ SubscriptionArn: arn }) => arn.startsWith("arn:"))) {
          return [Check.Good({ subject, text: "confirmed" })]
        }
        const pending = found.some(({ SubscriptionArn: arn }) => arn === "PendingConfirmation")
        return [
          Check.Bad({
            subject,
            what: pending ? "nobody has confirmed it, so no alarm is mailed." : "nobody gets it.",
            mend: pending
              ? "Follow the link in AWS's mail to alarmEmail; it is valid for three days."
              : deployInfra
          })
        ]
      })
    )
  )

const examineAlarms = (alarms: ReadonlyArray<DefinedAlarm>) =>
  examine(
    "alarms",
    Effect.gen(function* () {
      const names = alarms.map(({ alarm_name }) => alarm_name)
      const { MetricAlarms: found } = yield* ask(
        "cloudwatch",
        "describe-alarms",
        { AlarmNames: names },
        Alarms
      )
      const checks = alarms.flatMap((alarm) =>
        examineAlarm(
          alarm,
          found.find(({ AlarmName }) => AlarmName === alarm.alarm_name)
        )
      )
      const topic = found.flatMap(({ AlarmActions }) => AlarmActions)[0]
      return topic === undefined ? checks : [...checks, ...(yield* examineListeners(topic))]
    })
  )

const Groups = Schema.Struct({
  logGroups: Schema.Array(
    Schema.Struct({
      logGroupName: Schema.String,
      retentionInDays: Schema.optionalKey(Schema.Number)
    })
  )
})

const examineLogGroup = ({ name, retention_in_days: days }: DefinedLogGroup) =>
  examine(
    `log ${name}`,
    ask("logs", "describe-log-groups", { logGroupNamePrefix: name }, Groups).pipe(
      Effect.map(({ logGroups }) => {
        const found = logGroups.find(({ logGroupName }) => logGroupName === name)
        const facts = { "days until it forgets": found?.retentionInDays }
        return [compare(`log ${name}`, { "days until it forgets": days }, facts, deployInfra)]
      })
    )
  )

export const examineWatch = Effect.fnUntraced(function* (defined: DefinedResources) {
  const schedules = yield* Effect.forEach(defined.schedules, examineSchedule)
  const alarms = yield* examineAlarms(defined.alarms)
  const logs = yield* Effect.forEach(defined.logGroups, examineLogGroup)
  return [...schedules.flat(), ...alarms, ...logs.flat()]
})
