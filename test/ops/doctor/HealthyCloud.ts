/** Answers of AWS and Cloudflare about a deployment that matches its definitions. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { readDefinitions } from "../../../infra/definitions/Definitions.ts"
import { AwsSettings } from "../../../ops/aws/AwsClient.ts"
import { Commands } from "../../../ops/deploy/Commands.ts"
import { readDefinedResources } from "../../../ops/doctor/DefinedResources.ts"
import { type AwsAnswers, refuse, serveAws } from "../aws/AwsDouble.ts"

type Json = Readonly<Record<string, unknown>>
export type Answers = Readonly<Record<string, Json>>

const topic = "arn:aws:sns:eu-west-1:123456789012:cv-analytics-alarms"
const queueArn = (name: string) => `arn:aws:sqs:eu-west-1:123456789012:${name}`

const functionAnswer = (timeout: number, memory: number, names: ReadonlyArray<string>) => ({
  Handler: "main.handler",
  Runtime: "nodejs24.x",
  Architectures: ["arm64"],
  Timeout: timeout,
  MemorySize: memory,
  State: "Active",
  Environment: {
    Variables: Object.fromEntries([...names, "NODE_OPTIONS"].map((name) => [name, "x"]))
  }
})

const schedule = (expression: string) => ({
  ScheduleExpression: expression,
  ScheduleExpressionTimezone: "Etc/UTC",
  State: "ENABLED",
  Target: { Arn: "arn:aws:lambda:eu-west-1:123456789012:function:cv-analytics-reporter:live" }
})

const account = { id: "123456789012", partition: "aws", region: "eu-west-1" }

const inAccount = (service: string, name: string) =>
  `arn:aws:${service}:eu-west-1:123456789012:${name}`

const allow = (action: string | ReadonlyArray<string>, resource: string, more: Json = {}) => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...more
})

const table = inAccount("dynamodb", "table/cv-analytics")
const logging = (name: string) =>
  allow(
    ["logs:PutLogEvents", "logs:CreateLogStream"],
    inAccount("logs", `log-group:/aws/lambda/cv-analytics-${name}:*`)
  )
const processorArn = inAccount("lambda", "function:cv-analytics-processor")

/** IAM writes a single element without a list, and in any order. */
const policies: Readonly<Record<string, ReadonlyArray<Json>>> = {
  "role cv-analytics-processor": [
    allow(
      ["sqs:ReceiveMessage", "sqs:GetQueueAttributes", "sqs:DeleteMessage"],
      queueArn("cv-analytics.fifo")
    ),
    allow(["dynamodb:UpdateItem", "dynamodb:PutItem"], table),
    logging("processor")
  ],
  "role cv-analytics-reporter": [
    allow(["dynamodb:UpdateItem", "dynamodb:GetItem", "dynamodb:DescribeTable"], table),
    allow("dynamodb:Query", `${table}/index/week-index`),
    allow("sqs:GetQueueAttributes", queueArn("cv-analytics-dead-letters.fifo")),
    allow("cloudwatch:GetMetricStatistics", "*"),
    allow("ses:SendRawEmail", inAccount("ses", "identity/*"), {
      Condition: { StringEquals: { "ses:FromAddress": "reports@example.com" } }
    }),
    logging("reporter")
  ],
  "role cv-analytics-scheduler": [
    allow("lambda:InvokeFunction", inAccount("lambda", "function:cv-analytics-reporter:live"))
  ],
  "role cv-analytics-deployment": [
    {
      Effect: "Allow",
      Action: ["lambda:UpdateAlias", "lambda:GetProvisionedConcurrencyConfig", "lambda:GetAlias"],
      Resource: [`${processorArn}:*`, processorArn]
    },
    allow("cloudwatch:DescribeAlarms", "*")
  ],
  "user cv-analytics-worker": [allow("sqs:SendMessage", queueArn("cv-analytics.fifo"))]
}

const iamAnswers = Object.fromEntries(
  Object.entries(policies).map(([owner, Statement]) => {
    const [kind, name] = owner.split(" ")
    return [`get-${kind}-policy ${name}`, { PolicyDocument: { Version: "2012-10-17", Statement } }]
  })
)

const variables = { report_from: "reports@example.com", alarm_email: "owner@example.com" }

/** The key is the operation, and a name in the request if it is asked more than once. */
export const healthy = Effect.gen(function* () {
  const definitions = yield* readDefinitions(variables)
  const { alarms } = yield* readDefinedResources(variables, account)
  const answers: Answers = {
    "get-caller-identity": { Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/owner" },
    "get-queue-url cv-analytics.fifo": { QueueUrl: "https://sqs/1/cv-analytics.fifo" },
    "get-queue-url cv-analytics-dead-letters.fifo": { QueueUrl: "https://sqs/1/dead.fifo" },
    "get-queue-attributes https://sqs/1/cv-analytics.fifo": {
      Attributes: {
        FifoQueue: "true",
        ContentBasedDeduplication: "true",
        VisibilityTimeout: "360",
        MessageRetentionPeriod: "1209600",
        ReceiveMessageWaitTimeSeconds: "20",
        MaximumMessageSize: "1048576",
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: queueArn("cv-analytics-dead-letters.fifo"),
          maxReceiveCount: 5
        })
      }
    },
    "get-queue-attributes https://sqs/1/dead.fifo": {
      Attributes: {
        FifoQueue: "true",
        MessageRetentionPeriod: "1209600",
        MaximumMessageSize: "1048576",
        ApproximateNumberOfMessages: "0"
      }
    },
    "describe-table": {
      Table: {
        TableStatus: "ACTIVE",
        DeletionProtectionEnabled: true,
        KeySchema: definitions.table.KeySchema,
        ProvisionedThroughput: { ReadCapacityUnits: 9, WriteCapacityUnits: 15 },
        GlobalSecondaryIndexes: definitions.table.GlobalSecondaryIndexes?.map((index) => ({
          ...index,
          IndexStatus: "ACTIVE"
        }))
      }
    },
    "describe-time-to-live": {
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "expiresAt" }
    },
    "describe-continuous-backups": {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: "ENABLED",
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "DISABLED" }
      }
    },
    ...iamAnswers,
    "list-role-policies cv-analytics-processor": { PolicyNames: ["process"] },
    "list-role-policies cv-analytics-reporter": { PolicyNames: ["report"] },
    "list-role-policies cv-analytics-scheduler": { PolicyNames: ["invoke-functions"] },
    "list-role-policies cv-analytics-deployment": { PolicyNames: ["shift-traffic"] },
    "list-user-policies": { PolicyNames: ["send-events"] },
    "list-attached-role-policies": { AttachedPolicies: [] },
    "list-attached-user-policies": { AttachedPolicies: [] },
    "list-groups-for-user": { Groups: [] },
    "describe-budget": {
      Budget: { BudgetName: "x", BudgetLimit: { Amount: "1.0", Unit: "USD" } }
    },
    "describe-notifications-for-budget": {
      Notifications: ["FORECASTED", "ACTUAL"].map((NotificationType) => ({
        NotificationType,
        ComparisonOperator: "GREATER_THAN",
        Threshold: 100
      }))
    },
    "get-function-configuration cv-analytics-processor": functionAnswer(60, 256, [
      "TABLE_NAME",
      "QUEUE_URL"
    ]),
    "get-function-configuration cv-analytics-reporter": functionAnswer(900, 1024, [
      "TABLE_NAME",
      "SITE_NAME",
      "REPORT_FROM",
      "REPORT_TO",
      "REPORT_TIME_ZONE",
      "REPORT_QUESTIONS",
      "REPORT_QUIET_WEEK",
      "MODEL_PRICES",
      "REPORT_UNSUBSCRIBE_URL",
      "WORKERS_AI_ACCOUNT",
      "WORKERS_AI_TOKEN",
      "QUEUE_ARN",
      "DEAD_LETTERS_URL"
    ]),
    "list-event-source-mappings": {
      EventSourceMappings: [
        {
          State: "Enabled",
          BatchSize: 10,
          EventSourceArn: queueArn("cv-analytics.fifo"),
          MaximumBatchingWindowInSeconds: 0,
          FunctionResponseTypes: ["ReportBatchItemFailures"]
        }
      ]
    },
    "get-schedule cv-analytics-weekly-report": schedule("cron(0 7 ? * MON *)"),
    "get-schedule cv-analytics-report-check": schedule("cron(0 9 * * ? *)"),
    "describe-alarms": {
      MetricAlarms: alarms.map((alarm) => ({
        AlarmName: alarm.alarm_name,
        ActionsEnabled: true,
        AlarmActions: [topic],
        StateValue: "OK",
        Threshold: alarm.threshold,
        ComparisonOperator: alarm.comparison_operator,
        EvaluationPeriods: alarm.evaluation_periods,
        TreatMissingData: alarm.treat_missing_data,
        ...(alarm.metric_name !== undefined && { MetricName: alarm.metric_name }),
        ...(alarm.period !== undefined && { Period: alarm.period }),
        ...(alarm.namespace !== undefined && { Namespace: alarm.namespace }),
        ...(alarm.statistic !== undefined && { Statistic: alarm.statistic }),
        Dimensions: Object.entries(alarm.dimensions ?? {}).map(([Name, Value]) => ({
          Name,
          Value
        }))
      }))
    },
    "list-subscriptions-by-topic": { Subscriptions: [{ SubscriptionArn: `${topic}:1` }] },
    "describe-log-groups": {
      logGroups: ["processor", "reporter"].map((name) => ({
        logGroupName: `/aws/lambda/cv-analytics-${name}`,
        retentionInDays: 30
      }))
    },
    "secret list": { names: ["CV_ANALYTICS_ACCESS_KEY_ID", "CV_ANALYTICS_SECRET_ACCESS_KEY"] },
    "list-access-keys": {
      AccessKeyMetadata: [
        { AccessKeyId: "AKIAOLD", Status: "Active", CreateDate: "2026-01-01T00:00:00Z" }
      ]
    },
    "get-access-key-last-used": { AccessKeyLastUsed: { LastUsedDate: "2026-11-20T00:00:00Z" } },
    "get-metric-statistics": { Datapoints: [{ Sum: 8000 }, { Sum: 9000 }] },
    "get-free-tier-usage": {
      freeTierUsages: [
        {
          service: "Amazon Simple Queue Service",
          usageType: "Requests",
          forecastedUsageAmount: 300_000,
          limit: 1_000_000,
          unit: "Requests"
        }
      ]
    }
  }
  return answers
}).pipe(Effect.provide(NodeServices.layer))

/** The name of an operation as the answers have it. */
const hyphenated = (operation: string): string =>
  operation.replaceAll(/\B[A-Z]/g, "-$&").toLowerCase()

/** IAM writes a policy's document as part of a URL. */
const written = ({ PolicyDocument, ...others }: Json): Json => ({
  ...others,
  ...(PolicyDocument !== undefined && {
    PolicyDocument: encodeURIComponent(JSON.stringify(PolicyDocument))
  })
})

/** Requests without a given answer fail as AWS does for a missing resource. */
const answersOf =
  (answers: Answers): AwsAnswers =>
  ({ input, operation }) => {
    const name = hyphenated(operation)
    const keys = [...Object.values(input).map((value) => `${name} ${value}`), name]
    const answer = keys.map((key) => answers[key]).find((found) => found !== undefined)
    return answer === undefined
      ? refuse("ResourceNotFoundException", "no such thing")
      : written(answer)
  }

const wrangler = (answers: Answers) => {
  const { names } = answers["secret list"] as { readonly names: ReadonlyArray<string> }
  const stdout = JSON.stringify(names.map((name) => ({ name })))
  return Commands.of({ run: () => Effect.succeed({ exitCode: 0, stdout, stderr: "" }) })
}

/** The deployment that gives these answers. */
export const cloud = (answers: Answers) =>
  Layer.merge(
    Layer.succeed(Commands, wrangler(answers)),
    Layer.effect(
      AwsSettings,
      Effect.map(serveAws(answersOf(answers)), ({ settings }) => settings)
    )
  )
