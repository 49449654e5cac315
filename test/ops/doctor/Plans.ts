/**
 * Plans in the form of `terraform show -json`, format 1.2. No plan of the AWS provider was met:
 * the form was read from plans of Terraform 1.11's own resources, and the attributes from the
 * provider's documentation, version 6.
 */

type Values = Readonly<Record<string, unknown>>

export interface Planned {
  readonly address: string
  readonly before: Values | null
  readonly after: Values | null
  readonly actions?: ReadonlyArray<string>
  readonly unknown?: Values
  readonly sensitive?: Values
  readonly mode?: "managed" | "data"
}

const actionsOf = ({ actions, after, before }: Planned): ReadonlyArray<string> => {
  if (actions !== undefined) return actions
  if (before === null) return ["create"]
  if (after === null) return ["delete"]
  return JSON.stringify(before) === JSON.stringify(after) ? ["no-op"] : ["update"]
}

const typeOf = (address: string): string => address.replace(/^data\./, "").split(".")[0] ?? ""

const resourceChange = (planned: Planned) => ({
  address: planned.address,
  mode: planned.mode ?? "managed",
  type: typeOf(planned.address),
  name: planned.address.split(".").at(-1)?.replace(/\[.*$/, ""),
  provider_name: "registry.terraform.io/hashicorp/aws",
  change: {
    actions: actionsOf(planned),
    before: planned.before,
    after: planned.after,
    after_unknown: planned.unknown ?? {},
    before_sensitive: planned.sensitive ?? {},
    after_sensitive: planned.sensitive ?? {}
  }
})

export interface PlanText {
  readonly format_version: string
  readonly [part: string]: unknown
}

/** `drift` has the values of Terraform's state before, and the account's after. */
export const planOf = (
  changes: ReadonlyArray<Planned>,
  drift: ReadonlyArray<Planned> = []
): PlanText => ({
  format_version: "1.2",
  terraform_version: "1.11.4",
  ...(drift.length > 0 && { resource_drift: drift.map(resourceChange) }),
  resource_changes: changes.map(resourceChange),
  timestamp: "2026-11-30T19:57:10Z",
  applyable: changes.some((each) => actionsOf(each).join() !== "no-op"),
  complete: true,
  errored: false
})

export const account = "123456789012"

export const arn = (service: string, name: string) =>
  `arn:aws:${service}:eu-west-1:${account}:${name}`

const queueUrl = (name: string) => `https://sqs.eu-west-1.amazonaws.com/${account}/${name}`

const policy = (...statements: ReadonlyArray<Values>): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements })

const trust = (Principal: Values) =>
  policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal })

const onlyTls = (queue: string) => ({
  Effect: "Deny",
  Action: "sqs:*",
  Resource: arn("sqs", queue),
  Principal: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } }
})

const alarmsMayPublish = {
  Effect: "Allow",
  Action: "sns:Publish",
  Resource: arn("sns", "cv-analytics-alarms"),
  Principal: { Service: "cloudwatch.amazonaws.com" },
  Condition: { StringEquals: { "aws:SourceAccount": account } }
}

/** Some resources of a deployment, as they are defined. */
export const defined = {
  role: {
    address: "aws_iam_role.processor",
    values: {
      name: "cv-analytics-processor",
      assume_role_policy: trust({ Service: "lambda.amazonaws.com" })
    }
  },
  roleOnly: {
    address: 'aws_iam_role_policies_exclusive.only["processor"]',
    values: { role_name: "cv-analytics-processor", policy_names: ["process"] }
  },
  queue: {
    address: "aws_sqs_queue.events",
    values: {
      name: "cv-analytics.fifo",
      visibility_timeout_seconds: 360,
      redrive_policy: JSON.stringify({
        deadLetterTargetArn: arn("sqs", "cv-analytics-dead-letters.fifo"),
        maxReceiveCount: 5
      })
    }
  },
  queuePolicy: {
    address: "aws_sqs_queue_policy.events",
    values: {
      queue_url: queueUrl("cv-analytics.fifo"),
      policy: policy(onlyTls("cv-analytics.fifo"))
    }
  },
  redrive: {
    address: "aws_sqs_queue_redrive_allow_policy.dead_letters",
    values: {
      queue_url: queueUrl("cv-analytics-dead-letters.fifo"),
      redrive_allow_policy: JSON.stringify({
        redrivePermission: "byQueue",
        sourceQueueArns: [arn("sqs", "cv-analytics.fifo")]
      })
    }
  },
  topicPolicy: {
    address: "aws_sns_topic_policy.alarms",
    values: { arn: arn("sns", "cv-analytics-alarms"), policy: policy(alarmsMayPublish) }
  },
  subscriber: {
    address: "aws_sns_topic_subscription.alarms",
    values: {
      topic_arn: arn("sns", "cv-analytics-alarms"),
      protocol: "email",
      endpoint: "owner@example.com"
    }
  },
  schedule: {
    address: 'aws_scheduler_schedule.report["weekly-report"]',
    values: {
      name: "cv-analytics-weekly-report",
      schedule_expression: "cron(0 7 ? * MON *)",
      target: [{ retry_policy: [{ maximum_retry_attempts: 185 }] }]
    }
  },
  budget: {
    address: "aws_budgets_budget.monthly",
    values: {
      name: "cv-analytics-monthly",
      limit_amount: "1.0",
      notification: [
        { notification_type: "ACTUAL", threshold: 100 },
        { notification_type: "FORECASTED", threshold: 100 }
      ]
    }
  },
  table: {
    address: "aws_dynamodb_table.analytics",
    values: {
      name: "cv-analytics",
      hash_key: "requestId",
      deletion_protection_enabled: true,
      global_secondary_index: [
        { name: "week-index", read_capacity: 12, non_key_attributes: ["sessionId", "question"] },
        { name: "session-index", read_capacity: 4, non_key_attributes: ["status"] }
      ]
    }
  }
} as const

export type Part = keyof typeof defined

const isPart = (name: string): name is Part => name in defined

export const parts = Object.keys(defined).filter(isPart)

export const unchanged = (part: Part): Planned => {
  const { address, values } = defined[part]
  return { address, before: values, after: values }
}

/** The account has these values instead, and Terraform's state still has the defined ones. */
export const tampered = (part: Part, values: Values): PlanText => {
  const { address, values: wanted } = defined[part]
  const found = { ...wanted, ...values }
  return planOf(
    parts.map((each) =>
      each === part ? { address, before: found, after: wanted } : unchanged(each)
    ),
    [{ address, before: wanted, after: found }]
  )
}

/** The same plan, in which one resource is as given. */
export const planned = (part: Part, change: Partial<Planned>): PlanText =>
  planOf(parts.map((each) => (each === part ? { ...unchanged(each), ...change } : unchanged(each))))

export const clean = planOf(parts.map(unchanged))

/** The account's policies after somebody was there. */
export const hijacked = {
  trust: trust({ AWS: "arn:aws:iam::999999999999:root" }),
  queue: policy(onlyTls("cv-analytics.fifo"), {
    Effect: "Allow",
    Action: "sqs:*",
    Resource: arn("sqs", "cv-analytics.fifo"),
    Principal: "*"
  }),
  topic: policy(alarmsMayPublish, {
    Effect: "Deny",
    Action: "sns:Publish",
    Resource: arn("sns", "cv-analytics-alarms"),
    Principal: { AWS: "*" }
  }),
  redrive: JSON.stringify({ redrivePermission: "denyAll" })
}
