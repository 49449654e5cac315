/** Examines what watches the system: alarms, their e-mail, logs that expire, and the schedules. */
import { DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch"
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs"
import { GetScheduleCommand } from "@aws-sdk/client-scheduler"
import { ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns"
import * as Effect from "effect/Effect"
import { CloudWatch, Logs, Scheduler, Sns } from "../aws/Clients.ts"
import { Check } from "../deploy/Check.ts"
import type {
  DefinedAlarm,
  DefinedLogGroup,
  DefinedResources,
  DefinedSchedule
} from "./DefinedResources.ts"
import { absent, atOnce, compare, deployInfra, examine, examineFacts } from "./examine.ts"

/** The drain invokes the processor, every other schedule the reporter. */
const targetOf = (name: string): string =>
  `${name.endsWith("-drain") ? "processor" : "reporter"}:live`

const examineSchedule = (defined: DefinedSchedule) =>
  examineFacts(
    `schedule ${defined.name}`,
    Scheduler.use((send) => send(new GetScheduleCommand({ Name: defined.name }))),
    ({ Target: { Arn: arn = "" } = {}, ...schedule }) => ({
      state: ["ENABLED", schedule.State],
      expression: [defined.schedule_expression, schedule.ScheduleExpression],
      zone: [defined.schedule_expression_timezone, schedule.ScheduleExpressionTimezone],
      "goes to": [
        targetOf(defined.name),
        arn.endsWith(`-${targetOf(defined.name)}`) ? targetOf(defined.name) : arn
      ]
    })
  )

const dimensionsText = (dimensions: Readonly<Record<string, string>>): string =>
  Object.entries(dimensions)
    .map((dimension) => dimension.join("="))
    .toSorted()
    .join(", ")

const dimensionsOf = ({ Dimensions = [] }: MetricAlarm) =>
  Object.fromEntries(Dimensions.map(({ Name = "", Value = "" }) => [Name, Value]))

const examineAlarm = (
  defined: DefinedAlarm,
  alarm: MetricAlarm | undefined
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
    mails: [true, alarm.ActionsEnabled === true && (alarm.AlarmActions ?? []).length > 0]
  })
  if (alarm.StateValue !== "ALARM") return [settings]
  const mend = "docs/operations.md explains each alarm."
  return [settings, Check.Bad({ subject, what: "it is on.", mend })]
}

/** AWS sends alarms only after the owner has followed the link in its first mail. */
const examineSubscription = (topic: string) => {
  const subject = "alarm e-mail"
  return examine(
    subject,
    Sns.use((send) => send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }))).pipe(
      Effect.map(({ Subscriptions: subscriptions = [] }) => {
        const arns = subscriptions.map(({ SubscriptionArn = "" }) => SubscriptionArn)
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
      const { MetricAlarms: deployed = [] } = yield* CloudWatch.use((send) =>
        send(new DescribeAlarmsCommand({ AlarmNames: names }))
      )
      const checks = alarms.flatMap((alarm) =>
        examineAlarm(
          alarm,
          deployed.find(({ AlarmName }) => AlarmName === alarm.alarm_name)
        )
      )
      const topic = deployed.flatMap(({ AlarmActions = [] }) => AlarmActions)[0]
      return topic === undefined ? checks : [...checks, ...(yield* examineSubscription(topic))]
    })
  )

const examineLogGroup = ({ name, retention_in_days: days }: DefinedLogGroup) =>
  examineFacts(
    `log ${name}`,
    Logs.use((send) => send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }))),
    ({ logGroups = [] }) => {
      const group = logGroups.find(({ logGroupName }) => logGroupName === name)
      return { "days until its lines expire": [days, group?.retentionInDays] }
    }
  )

export const examineWatch = (defined: DefinedResources) =>
  Effect.map(
    Effect.all(
      [
        ...defined.schedules.map(examineSchedule),
        examineAlarms(defined.alarms),
        ...defined.logGroups.map(examineLogGroup)
      ],
      atOnce
    ),
    (checks) => checks.flat()
  )
