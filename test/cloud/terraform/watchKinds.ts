import {
  CreateBudgetCommand,
  type CreateBudgetCommandInput,
  DeleteBudgetCommand,
  DescribeBudgetCommand
} from "@aws-sdk/client-budgets"
import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput
} from "@aws-sdk/client-cloudwatch"
import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  PutRetentionPolicyCommand
} from "@aws-sdk/client-cloudwatch-logs"
import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  UpdateScheduleCommand
} from "@aws-sdk/client-scheduler"
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand
} from "@aws-sdk/client-sns"
import { isRecord } from "../../../infra/definitions/Expression.ts"
import type { Clients } from "../Clients.ts"
import { account, region } from "../Moto.ts"
import type { Values } from "./Desired.ts"
import { document, type Kind, orNone, tagList, text, toApi } from "./Kind.ts"

const pairs = (dimensions: unknown) =>
  Object.entries(isRecord(dimensions) ? dimensions : {}).map(([Name, Value]) => ({ Name, Value }))

const metricQuery = ({ metric, ...query }: Values) => {
  const [one] = Array.isArray(metric) ? metric : []
  if (one === undefined) return Object(toApi(query))
  const { dimensions, metric_name: MetricName, namespace: Namespace, period, stat } = one
  return {
    ...Object(toApi(query)),
    MetricStat: {
      Metric: { Namespace, MetricName, Dimensions: pairs(dimensions) },
      Period: period,
      Stat: stat
    }
  }
}

const wantedAlarm = ({ dimensions, metric_query, ok_actions, ...values }: Values) => ({
  ...Object(toApi(values)),
  OKActions: ok_actions,
  ...(Array.isArray(metric_query)
    ? { Metrics: metric_query.map(metricQuery) }
    : { Dimensions: pairs(dimensions) })
})

const alarm: Kind = {
  names: { ok_actions: "OKActions", metric_query: "Metrics" },
  wanted: wantedAlarm,
  find: async ({ alarms }, values) => {
    const AlarmNames = [text(values, "alarm_name")]
    const { MetricAlarms = [] } = await alarms.send(new DescribeAlarmsCommand({ AlarmNames }))
    return MetricAlarms[0] && { ...MetricAlarms[0] }
  },
  make: ({ alarms }, values, tags) => {
    const input: PutMetricAlarmCommandInput = { ...wantedAlarm(values), Tags: tagList(tags) }
    return alarms.send(new PutMetricAlarmCommand(input))
  },
  remove: ({ alarms }, values) =>
    alarms.send(new DeleteAlarmsCommand({ AlarmNames: [text(values, "alarm_name")] }))
}

const logGroup: Kind = {
  names: { retention_in_days: "retentionInDays" },
  wanted: ({ retention_in_days }) => ({ retentionInDays: retention_in_days }),
  find: async ({ logs }, values) => {
    const logGroupNamePrefix = text(values, "name")
    const answer = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }))
    const found = answer.logGroups?.find((group) => group.logGroupName === logGroupNamePrefix)
    return found && { ...found }
  },
  make: async ({ logs }, values, tags) => {
    const logGroupName = text(values, "name")
    await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { ...tags } }))
    const retentionInDays = Number(values.retention_in_days)
    return logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }))
  },
  remove: ({ logs }, values) =>
    logs.send(new DeleteLogGroupCommand({ logGroupName: text(values, "name") }))
}

const topicArn = ({ name }: Values) => `arn:aws:sns:${region}:${account}:${name}`

const topicAttributes = ({ topics }: Clients, TopicArn: string) =>
  orNone(topics.send(new GetTopicAttributesCommand({ TopicArn })))

const topic: Kind = {
  wanted: () => ({}),
  find: async (clients, values) => (await topicAttributes(clients, topicArn(values))) && {},
  make: ({ topics }, values, tags) =>
    topics.send(new CreateTopicCommand({ Name: text(values, "name"), Tags: tagList(tags) })),
  remove: ({ topics }, values) =>
    topics.send(new DeleteTopicCommand({ TopicArn: topicArn(values) }))
}

const topicPolicy: Kind = {
  wanted: ({ policy }) => ({ Policy: document(policy) }),
  find: async (clients, values) => {
    const found = await topicAttributes(clients, text(values, "arn"))
    return found && { Policy: document(found.Attributes?.Policy) }
  },
  make: ({ topics }, values) =>
    topics.send(
      new SetTopicAttributesCommand({
        TopicArn: text(values, "arn"),
        AttributeName: "Policy",
        AttributeValue: text(values, "policy")
      })
    ),
  // it goes with its topic
  remove: async () => undefined
}

const subscriptionOf = async ({ topics }: Clients, values: Values) => {
  const command = new ListSubscriptionsByTopicCommand({ TopicArn: text(values, "topic_arn") })
  const { Subscriptions = [] } = (await orNone(topics.send(command))) ?? {}
  return Subscriptions.find(({ Endpoint }) => Endpoint === values.endpoint)
}

const subscription: Kind = {
  wanted: ({ endpoint, protocol }) => ({ Endpoint: endpoint, Protocol: protocol }),
  find: async (clients, values) => {
    const found = await subscriptionOf(clients, values)
    return found && { ...found }
  },
  make: ({ topics }, values) =>
    topics.send(
      new SubscribeCommand({
        TopicArn: text(values, "topic_arn"),
        Protocol: text(values, "protocol"),
        Endpoint: text(values, "endpoint")
      })
    ),
  remove: async (clients, values) => {
    const { SubscriptionArn } = (await subscriptionOf(clients, values)) ?? {}
    return clients.topics.send(new UnsubscribeCommand({ SubscriptionArn }))
  }
}

const scheduleInput = (values: Values): CreateScheduleCommandInput => Object(toApi(values))

const schedule: Kind = {
  wanted: (values) => Object(toApi(values)),
  find: async ({ schedules }, values) => {
    const command = new GetScheduleCommand({ Name: text(values, "name") })
    const found = await orNone(schedules.send(command))
    return found && { ...found }
  },
  make: ({ schedules }, values) => schedules.send(new CreateScheduleCommand(scheduleInput(values))),
  change: ({ schedules }, values) =>
    schedules.send(new UpdateScheduleCommand(scheduleInput(values))),
  remove: ({ schedules }, values) =>
    schedules.send(new DeleteScheduleCommand({ Name: text(values, "name") }))
}

const budgetOf = (values: Values) => ({
  AccountId: account,
  BudgetName: text(values, "name")
})

const budgetInput = (values: Values): CreateBudgetCommandInput => {
  const { cost_types, limit_amount, limit_unit, name, notification, ...rest } = values
  return {
    AccountId: account,
    Budget: {
      ...Object(toApi(rest)),
      BudgetName: String(name),
      BudgetLimit: { Amount: String(limit_amount), Unit: String(limit_unit) },
      CostTypes: Object(toApi(cost_types))
    },
    NotificationsWithSubscribers: (Array.isArray(notification) ? notification : []).map(
      ({ subscriber_email_addresses: addresses, ...each }) => ({
        Notification: Object(toApi(each)),
        Subscribers: addresses.map((Address: string) => ({ SubscriptionType: "EMAIL", Address }))
      })
    )
  }
}

const budget: Kind = {
  wanted: ({ budget_type, time_unit }) => ({ BudgetType: budget_type, TimeUnit: time_unit }),
  find: async ({ budgets }, values) => {
    const found = await orNone(budgets.send(new DescribeBudgetCommand(budgetOf(values))))
    return found && { ...found.Budget }
  },
  make: ({ budgets }, values) => budgets.send(new CreateBudgetCommand(budgetInput(values))),
  remove: ({ budgets }, values) => budgets.send(new DeleteBudgetCommand(budgetOf(values)))
}

export const watchKinds = {
  aws_budgets_budget: budget,
  aws_cloudwatch_log_group: logGroup,
  aws_cloudwatch_metric_alarm: alarm,
  aws_scheduler_schedule: schedule,
  aws_sns_topic: topic,
  aws_sns_topic_policy: topicPolicy,
  aws_sns_topic_subscription: subscription
}
