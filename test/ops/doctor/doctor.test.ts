/** The doctor passes a healthy deployment, and finds each difference from the definitions. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { type Check, checksText, isBad } from "../../../ops/deploy/Check.ts"
import { targetOf } from "../../../ops/deploy/Target.ts"
import { doctor } from "../../../ops/doctor/doctor.ts"
import { refuse } from "../aws/AwsDouble.ts"
import { settings } from "../deploy/Operator.ts"
import { type Answers, cloud, healthy } from "./HealthyCloud.ts"

const recorded = Effect.runPromise(healthy)

const examine = (answers: Answers) =>
  Effect.flatMap(targetOf(settings as never), (target) => doctor(target, undefined)).pipe(
    Effect.provide(cloud(answers)),
    Effect.provide(NodeServices.layer)
  )

const found = (checks: ReadonlyArray<Check>) => checksText(checks.filter(isBad))

/** The answer with one thing changed in it. */
const changed = (answers: Answers, change: (copy: Answers) => void): Answers => {
  const copy = structuredClone(answers)
  change(copy)
  return copy
}

const replace = (name: string, value: unknown, ...path: ReadonlyArray<string | number>) => {
  return (answers: Answers): void => {
    let part = answers[name] as Record<string | number, unknown>
    for (const key of path.slice(0, -1)) part = part[key] as typeof part
    part[path.at(-1) ?? ""] = value
  }
}

const answerWith = (name: string, answer: unknown) => (answers: Answers) => {
  Object.assign(answers, { [name]: answer })
}

const omit = (name: string) => (answers: Answers) => {
  delete (answers as Record<string, unknown>)[name]
}

const statement = (index: number) => ["PolicyDocument", "Statement", index] as const

const queue = "get-queue-attributes https://sqs/1/cv-analytics.fifo"
const mapping = "list-event-source-mappings"

const findings: ReadonlyArray<readonly [string, (answers: Answers) => void, string]> = [
  [
    "a visibility timeout that was changed by hand",
    replace(queue, "30", "Attributes", "VisibilityTimeout"),
    'queue cv-analytics.fifo: VisibilityTimeout is "30", but defined as "360".'
  ],
  [
    "a queue without its dead-letter queue",
    replace(queue, undefined, "Attributes", "RedrivePolicy"),
    "queue of the dead letters is not there"
  ],
  [
    "dead letters",
    replace(
      "get-queue-attributes https://sqs/1/dead.fifo",
      "3",
      "Attributes",
      "ApproximateNumberOfMessages"
    ),
    "dead letters: 3 of them wait"
  ],
  ["a table that is not there", omit("describe-table"), "table cv-analytics: it does not exist."],
  [
    "items that do not expire",
    replace("describe-time-to-live", "DISABLED", "TimeToLiveDescription", "TimeToLiveStatus"),
    'time to live is "DISABLED"'
  ],
  [
    "an index that has not everything the report reads",
    replace(
      "describe-table",
      ["status"],
      "Table",
      "GlobalSecondaryIndexes",
      0,
      "Projection",
      "NonKeyAttributes"
    ),
    'index week-index: attributes is "status", but defined as "agent, '
  ],
  [
    "an index that is still being built",
    replace("describe-table", "CREATING", "Table", "GlobalSecondaryIndexes", 1, "IndexStatus"),
    'index session-index: status is "CREATING"'
  ],
  [
    "a mapping that was switched off",
    replace(mapping, "Disabled", "EventSourceMappings", 0, "State"),
    'event source mapping: state is "Disabled"'
  ],
  [
    "a mapping that takes whole batches back",
    replace(mapping, [], "EventSourceMappings", 0, "FunctionResponseTypes"),
    'response types is "", but defined as "ReportBatchItemFailures"'
  ],
  [
    "a maximum concurrency, which keeps pollers from resting",
    replace(mapping, { MaximumConcurrency: 2 }, "EventSourceMappings", 0, "ScalingConfig"),
    'maximum concurrency is 2, but defined as "none"'
  ],
  [
    "no mapping",
    replace(mapping, [], "EventSourceMappings"),
    "the processor receives no messages from the queue."
  ],
  [
    "a function whose variable is missing",
    replace("get-function-configuration cv-analytics-reporter", {}, "Environment", "Variables"),
    'function cv-analytics-reporter: variables is ""'
  ],
  [
    "a function with less memory",
    replace("get-function-configuration cv-analytics-processor", 128, "MemorySize"),
    "memory in MB is 128, but defined as 256"
  ],
  [
    "a function on another Node.js",
    replace("get-function-configuration cv-analytics-processor", "nodejs20.x", "Runtime"),
    'runtime is "nodejs20.x", but defined as "nodejs24.x"'
  ],
  [
    "a table that anybody may delete",
    replace("describe-table", false, "Table", "DeletionProtectionEnabled"),
    "protection of table cv-analytics: deletion protection is false, but defined as true."
  ],
  [
    "backups that are paid and not defined",
    replace(
      "describe-continuous-backups",
      "ENABLED",
      "ContinuousBackupsDescription",
      "PointInTimeRecoveryDescription",
      "PointInTimeRecoveryStatus"
    ),
    "point-in-time recovery is true, but defined as false."
  ],
  [
    "a role that may do more",
    replace(
      "get-role-policy cv-analytics-processor",
      ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Scan"],
      ...statement(1),
      "Action"
    ),
    "permissions of role cv-analytics-processor: deployed but not defined: dynamodb:Scan on " +
      "arn:aws:dynamodb:eu-west-1:123456789012:table/cv-analytics."
  ],
  [
    "a role that may do less",
    replace(
      "get-role-policy cv-analytics-reporter",
      "arn:aws:dynamodb:eu-west-1:123456789012:table/cv-analytics/index/session-index",
      ...statement(1),
      "Resource"
    ),
    "defined but not deployed: dynamodb:Query on " +
      "arn:aws:dynamodb:eu-west-1:123456789012:table/cv-analytics/index/week-index."
  ],
  [
    "a reporter that may send as somebody else",
    replace(
      "get-role-policy cv-analytics-reporter",
      { StringLike: { "ses:FromAddress": "*@example.com" } },
      ...statement(4),
      "Condition"
    ),
    "deployed but not defined: ses:SendRawEmail on arn:aws:ses:eu-west-1:123456789012:identity/* " +
      "where ses:FromAddress StringLike *@example.com"
  ],
  [
    "a statement that denies",
    replace("get-user-policy cv-analytics-worker", "Deny", ...statement(0), "Effect"),
    'deployed but not defined: {"Effect":"Deny","Action":"sqs:SendMessage"'
  ],
  [
    "a policy of AWS's own on a role",
    replace(
      "list-attached-role-policies",
      [{ PolicyName: "AdministratorAccess" }],
      "AttachedPolicies"
    ),
    "permissions of role cv-analytics-scheduler: it has AdministratorAccess, which is not defined."
  ],
  [
    "a group that the Worker's user is in",
    replace("list-groups-for-user", [{ GroupName: "admins" }], "Groups"),
    "permissions of user cv-analytics-worker: it has group admins, which is not defined."
  ],
  [
    "a policy that is not there",
    omit("get-user-policy cv-analytics-worker"),
    "permissions of user cv-analytics-worker: it does not exist."
  ],
  [
    "a budget that was raised",
    replace("describe-budget", "100.0", "Budget", "BudgetLimit", "Amount"),
    'budget cv-analytics-monthly: limit a month is "100 USD", but defined as "1 USD".'
  ],
  [
    "a budget that warns nobody",
    replace("describe-notifications-for-budget", [], "Notifications"),
    'warnings is "", but defined as "ACTUAL 100 %, FORECASTED 100 %".'
  ],
  [
    "a budget that is not there",
    omit("describe-budget"),
    "cv-analytics-monthly: it does not exist."
  ],
  [
    "a schedule that was switched off",
    replace("get-schedule cv-analytics-weekly-report", "DISABLED", "State"),
    'schedule cv-analytics-weekly-report: state is "DISABLED"'
  ],
  [
    "a schedule in another zone",
    replace(
      "get-schedule cv-analytics-report-check",
      "Europe/London",
      "ScheduleExpressionTimezone"
    ),
    'zone is "Europe/London", but defined as "Etc/UTC"'
  ],
  [
    "an alarm that is on",
    replace("describe-alarms", "ALARM", "MetricAlarms", 0, "StateValue"),
    "it is on.\n        -> docs/operations.md"
  ],
  [
    "an alarm on another queue",
    replace(
      "describe-alarms",
      [{ Name: "QueueName", Value: "x" }],
      "MetricAlarms",
      1,
      "Dimensions"
    ),
    'dimensions is "QueueName=x", but defined as "QueueName=cv-analytics.fifo"'
  ],
  [
    "an alarm that mails nobody",
    replace("describe-alarms", false, "MetricAlarms", 0, "ActionsEnabled"),
    "mails is false, but defined as true"
  ],
  [
    "alarms that are not there",
    replace("describe-alarms", [], "MetricAlarms"),
    "it does not exist."
  ],
  [
    "an alarm address that was never confirmed",
    replace(
      "list-subscriptions-by-topic",
      "PendingConfirmation",
      "Subscriptions",
      0,
      "SubscriptionArn"
    ),
    "the address is not confirmed, so no alarm is mailed."
  ],
  [
    "a log that never forgets",
    replace("describe-log-groups", undefined, "logGroups", 0, "retentionInDays"),
    "days until its lines expire is not there, but defined as 30"
  ],
  [
    "a Worker without its key",
    replace("secret list", ["CV_ANALYTICS_ACCESS_KEY_ID"], "names"),
    "it does not exist, or lacks CV_ANALYTICS_SECRET_ACCESS_KEY."
  ],
  [
    "a user without a key",
    replace("list-access-keys", [], "AccessKeyMetadata"),
    "the Worker's user has 0 instead of one: none."
  ],
  [
    "a key that was switched off",
    replace("list-access-keys", "Inactive", "AccessKeyMetadata", 0, "Status"),
    "access key: AKIAOLD is switched off, and the Worker cannot send."
  ],
  [
    "a meter that will go over what is free",
    replace("get-free-tier-usage", 1_200_000, "freeTierUsages", 0, "forecastedUsageAmount"),
    "Requests: 1200000 Requests forecast, 1000000 are free."
  ],
  [
    "a meter that is not on the first page",
    (answers) => {
      replace("get-free-tier-usage", "more", "nextToken")(answers)
      answerWith("get-free-tier-usage more", {
        freeTierUsages: [
          { usageType: "Mails", forecastedUsageAmount: 4000, limit: 3000, unit: "Count" }
        ]
      })(answers)
    },
    "Mails: 4000 Count forecast, 3000 are free."
  ],
  [
    "meters that it may not read",
    answerWith(
      "get-free-tier-usage",
      refuse("AccessDeniedException", "not authorized to perform: freetier:GetFreeTierUsage")
    ),
    "free tier: These credentials lack the permission freetier:GetFreeTierUsage."
  ],
  [
    "a login that has expired, and looks no further",
    answerWith("get-caller-identity", refuse("ExpiredToken", "The security token is expired")),
    "AWS account: You are not logged in to AWS, or the login has expired."
  ],
  [
    "more empty receives than five pollers make",
    replace("get-metric-statistics", [{ Sum: 40_000 }], "Datapoints"),
    "1200000 in 30 days at this rate; five pollers make 648000."
  ],
  [
    "another account, and looks no further",
    replace("get-caller-identity", "999999999999", "Account"),
    "these credentials belong to account 999999999999"
  ]
]

describe("npm run doctor", () => {
  it.effect("passes a deployment that matches its definitions, and examines all of it", () =>
    Effect.gen(function* () {
      const checks = yield* examine(yield* Effect.promise(() => recorded))
      assert.strictEqual(found(checks), "")
      const subjects = checks.map(({ subject }) => subject)
      for (const subject of [
        "queue cv-analytics.fifo",
        "index session-index",
        "event source mapping",
        "protection of table cv-analytics",
        "permissions of role cv-analytics-processor",
        "permissions of role cv-analytics-reporter",
        "permissions of role cv-analytics-scheduler",
        "permissions of role cv-analytics-deployment",
        "permissions of user cv-analytics-worker",
        "budget cv-analytics-monthly",
        "schedule cv-analytics-weekly-report",
        "alarm cv-analytics-dead-letters",
        "alarm e-mail",
        "log /aws/lambda/cv-analytics-reporter",
        "Worker cv-analytics-edge",
        "access key",
        "empty receives",
        "free tier"
      ]) {
        assert.include(subjects, subject)
      }
    })
  )

  for (const [sentence, change, finding] of findings) {
    it.effect(`finds ${sentence}`, () =>
      Effect.gen(function* () {
        const answers = changed(yield* Effect.promise(() => recorded), change)
        assert.include(found(yield* examine(answers)), finding)
      })
    )
  }
})
