/** Examines what watches the system: alarms, their e-mail, logs that expire, and the schedules. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ask } from "../deploy/Aws.ts"
import { Check } from "../deploy/Check.ts"
import type {
  DefinedAlarm,
  DefinedLogGroup,
  DefinedResources,
  DefinedSchedule
} from "./DefinedResources.ts"
import { absent, compare, deployInfra, examine, examineFacts } from "./examine.ts"

const ScheduleOutput = Schema.Struct({
  ScheduleExpression: Schema.String,
  ScheduleExpressionTimezone: Schema.String,
  State: Schema.String,
  Target: Schema.Struct({ Arn: Schema.String })
})

/** The drain invokes the processor, every other schedule the reporter. */
const targetOf = (name: string): string =>
  `${name.endsWith("-drain") ? "processor" : "reporter"}:live`

const examineSchedule = (defined: DefinedSchedule) =>
  examineFacts(
    `schedule ${defined.name}`,
    ask("scheduler", "get-schedule", { Name: defined.name }, ScheduleOutput),
    ({ Target: { Arn: arn }, ...schedule }) => ({
      state: ["ENABLED", schedule.State],
      expression: [defined.schedule_expression, schedule.ScheduleExpression],
      zone: [defined.schedule_expression_timezone, schedule.ScheduleExpressionTimezone],
      "goes to": [
        targetOf(defined.name),
        arn.endsWith(`-${targetOf(defined.name)}`) ? targetOf(defined.name) : arn
      ]
    })
  )

const MetricAlarm = Schema.Struct({
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

const MetricAlarms = Schema.Struct({ MetricAlarms: Schema.Array(MetricAlarm) })

const dimensionsText = (dimensions: Readonly<Record<string, string>>): string =>
  Object.entries(dimensions)
    .map((dimension) => dimension.join("="))
    .toSorted()
    .join(", ")

const dimensionsOf = ({ Dimensions = [] }: typeof MetricAlarm.Type) =>
  Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]))

const examineAlarm = (
  defined: DefinedAlarm,
  alarm: typeof MetricAlarm.Type | undefined
): ReadonlyArray<Check> => {
  const subject = `alarm ${defined.alarm_name}`
  if (alarm === undefined) return [absent(subject)]
  const settings = compare(subject, {
    namespace: [defined.namespace, alarm.Namespace],
    metric: [defined.metric_name, alarm.MetricName],
    dimensions: [dimensionsText(defined.dimensions ?? {}), dimensionsText(dimensionsOf(alarm))],
    statistic: [defined.statistic, alarm.Statistic],
    period: [defined.period, alarm.Period],
    threshold: [defined.threshold, alarm.Threshold],
    comparison: [defined.comparison_operator, alarm.ComparisonOperator],
    periods: [defined.evaluation_periods, alarm.EvaluationPeriods],
    "missing data": [defined.treat_missing_data, alarm.TreatMissingData ?? "missing"],
    mails: [true, alarm.ActionsEnabled && alarm.AlarmActions.length > 0]
  })
  if (alarm.StateValue !== "ALARM") return [settings]
  const mend = "docs/operations.md explains each alarm."
  return [settings, Check.Bad({ subject, what: "it is on.", mend })]
}

const Subscriptions = Schema.Struct({
  Subscriptions: Schema.Array(Schema.Struct({ SubscriptionArn: Schema.String }))
})

/** AWS sends alarms only after the owner has followed the link in its first mail. */
const examineSubscription = (topic: string) => {
  const subject = "alarm e-mail"
  return examine(
    subject,
    ask("sns", "list-subscriptions-by-topic", { TopicArn: topic }, Subscriptions).pipe(
      Effect.map(({ Subscriptions: subscriptions }) => {
        const arns = subscriptions.map(({ SubscriptionArn }) => SubscriptionArn)
        if (arns.some((arn) => arn.startsWith("arn:"))) {
          return [Check.Good({ subject, text: "confirmed" })]
        }
        if (!arns.includes("PendingConfirmation")) {
          return [Check.Bad({ subject, what: "no address receives it.", mend: deployInfra })]
        }
        return [
          Check.Bad({
            subject,
            what: "the address is not confirmed, so no alarm is mailed.",
            mend: "Follow the link in AWS's mail to alarmEmail; it is valid for three days."
          })
        ]
      })
    )
  )
}

const examineAlarms = (alarms: ReadonlyArray<DefinedAlarm>) =>
  examine(
    "alarms",
    Effect.gen(function* () {
      const names = alarms.map(({ alarm_name }) => alarm_name)
      const { MetricAlarms: deployed } = yield* ask(
        "cloudwatch",
        "describe-alarms",
        { AlarmNames: names },
        MetricAlarms
      )
      const checks = alarms.flatMap((alarm) =>
        examineAlarm(
          alarm,
          deployed.find(({ AlarmName }) => AlarmName === alarm.alarm_name)
        )
      )
      const topic = deployed.flatMap(({ AlarmActions }) => AlarmActions)[0]
      return topic === undefined ? checks : [...checks, ...(yield* examineSubscription(topic))]
    })
  )

const LogGroups = Schema.Struct({
  logGroups: Schema.Array(
    Schema.Struct({
      logGroupName: Schema.String,
      retentionInDays: Schema.optionalKey(Schema.Number)
    })
  )
})

const examineLogGroup = ({ name, retention_in_days: days }: DefinedLogGroup) =>
  examineFacts(
    `log ${name}`,
    ask("logs", "describe-log-groups", { logGroupNamePrefix: name }, LogGroups),
    ({ logGroups }) => {
      const group = logGroups.find(({ logGroupName }) => logGroupName === name)
      return { "days until its lines expire": [days, group?.retentionInDays] }
    }
  )

export const examineWatch = Effect.fnUntraced(function* (defined: DefinedResources) {
  const schedules = yield* Effect.forEach(defined.schedules, examineSchedule)
  const alarms = yield* examineAlarms(defined.alarms)
  const logs = yield* Effect.forEach(defined.logGroups, examineLogGroup)
  return [...schedules.flat(), ...alarms, ...logs.flat()]
})
