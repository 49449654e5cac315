/** The parts of a deployment that are billed, or could be. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { DefinitionsInvalid } from "../../infra/definitions/Terraform.ts"
import { requestsPerReading } from "../../src/layers/PipelineMeterCloudWatch.ts"
import { firingsOfAll, firingsPerMonth } from "./Firings.ts"
import { countOf, isFields, type Resource } from "./Resources.ts"

type Architecture = "arm64" | "x86_64"

export interface Deployment {
  /** Queues that invoke a function; Lambda polls each of them day and night. */
  readonly triggers: number
  /** Runs of the processor that fetch messages by themselves. */
  readonly drainsPerMonth: number
  readonly batchSize: number
  readonly processor: { readonly memoryMb: number; readonly architecture: Architecture }
  readonly reporterArchitecture: Architecture
  /** One run of the reporter takes at most this. */
  readonly reporterGbSeconds: number
  readonly reporterTimeoutSeconds: number
  /** Those of the reporter; some of them find the week reported. */
  readonly runsPerMonth: number
  /** Short runs of the reporter that look at the last hour. */
  readonly watchesPerMonth: number
  readonly reportsPerMonth: number
  readonly capacity:
    | { readonly mode: "provisioned"; readonly writeUnits: number; readonly readUnits: number }
    | { readonly mode: "on demand" }
  readonly pointInTimeRecovery: boolean
  readonly customMetrics: number
  /** The requests to CloudWatch that all reports make. */
  readonly metricRequestsPerMonth: number
  readonly alarms: number
  readonly topics: number
  /** Buckets that hold the bundles of past deployments. */
  readonly codeBuckets: number
  /** The longest retention of any log; `undefined` when one is kept for ever. */
  readonly logRetentionDays: number | undefined
  /** Definitions that have no price here. */
  readonly unpriced: ReadonlyArray<string>
}

const priced = new Set([
  "aws_sqs_queue",
  "aws_dynamodb_table",
  "aws_scheduler_schedule",
  "aws_cloudwatch_metric_alarm",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_log_metric_filter",
  "aws_sns_topic",
  "aws_s3_bucket",
  "AWS::Serverless::Function",
  "AWS::Lambda::EventSourceMapping",
  "AWS::CloudWatch::Alarm",
  "AWS::Logs::LogGroup",
  "AWS::Logs::MetricFilter",
  "AWS::SNS::Topic"
])

/** Permissions, policies, subscriptions and a budget are free. */
const free = new RegExp(
  [
    "aws_iam_\\w+",
    "aws_sqs_queue_\\w+",
    "aws_sns_topic_\\w+",
    "aws_s3_bucket_\\w+",
    "aws_lambda_permission",
    "aws_budgets_budget",
    "aws_scheduler_schedule_group",
    "aws_sesv2_email_identity\\w*",
    "AWS::IAM::\\w+",
    "AWS::Lambda::(?:Permission|Version|Alias)",
    "AWS::SNS::(?:Subscription|TopicPolicy)"
  ]
    .map((type) => `^${type}$`)
    .join("|")
)

const listOf = (value: unknown): ReadonlyArray<unknown> =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]

/** AWS bills an alarm on an expression for each metric that the expression reads. */
const alarmMetrics = ({ fields }: Resource): number =>
  Math.max(
    1,
    [...listOf(fields.metric_query), ...listOf(fields.Metrics)].filter(
      (query) => isFields(query) && (query.metric !== undefined || query.MetricStat !== undefined)
    ).length
  )

const counted = Effect.fnUntraced(function* (
  resources: ReadonlyArray<Resource>,
  types: ReadonlyArray<string>,
  weight: (resource: Resource) => number = () => 1
) {
  const counts = yield* Effect.forEach(
    resources.filter(({ type }) => types.includes(type)),
    (resource) =>
      Effect.fromResult(Result.map(countOf(resource), (count) => count * weight(resource)))
  )
  return counts.reduce((sum, count) => sum + count, 0)
})

const triggersOf = (resources: ReadonlyArray<Resource>): number => {
  const ofFunctions = resources
    .filter(({ type }) => type === "AWS::Serverless::Function")
    .flatMap(({ fields }) => Object.values(isFields(fields.Events) ? fields.Events : {}))
    .filter((event) => isFields(event) && event.Type === "SQS")
  const alone = resources.filter(({ type }) => type === "AWS::Lambda::EventSourceMapping")
  return ofFunctions.length + alone.length
}

const isDrain = ({ name }: Resource): boolean => name.startsWith("aws_scheduler_schedule.drain")

const isWatch = ({ name }: Resource): boolean => name.startsWith("aws_scheduler_schedule.watch")

const architectureOf = (resources: ReadonlyArray<Resource>, name: string): Architecture => {
  const { fields = {} } = resources.find((resource) => resource.name === name) ?? {}
  return listOf(fields.Architectures).includes("arm64") ? "arm64" : "x86_64"
}

const recoveryOf = Effect.fnUntraced(function* (resources: ReadonlyArray<Resource>) {
  const wanted = resources
    .filter(({ type }) => type === "aws_dynamodb_table")
    .flatMap(({ fields }) => listOf(fields.point_in_time_recovery))
    .map((block) => (isFields(block) ? block.enabled : undefined))
  const unclear = wanted.find((value) => value !== true && value !== false)
  if (unclear === undefined) return wanted.includes(true)
  return yield* new DefinitionsInvalid({
    file: "infra/terraform",
    detail: `whether point_in_time_recovery is on cannot be told: ${String(unclear)}`
  })
})

/** Lambda makes a missing log itself, and keeps it for ever like one without retention. */
const retentionOf = (resources: ReadonlyArray<Resource>): number | undefined => {
  const functions = resources.filter(({ type }) => type === "AWS::Serverless::Function")
  const days = resources
    .filter(({ type }) => type === "aws_cloudwatch_log_group" || type === "AWS::Logs::LogGroup")
    .map(({ fields }) => Number(fields.retention_in_days ?? fields.RetentionInDays ?? Number.NaN))
  const isComplete = days.length >= functions.length && days.every((value) => value > 0)
  return isComplete && days.length > 0 ? Math.max(...days) : undefined
}

type Throughput = { readonly WriteCapacityUnits?: number; readonly ReadCapacityUnits?: number }

const capacityOf = ({ table }: Definitions): Deployment["capacity"] => {
  if (table.BillingMode === "PAY_PER_REQUEST") return { mode: "on demand" }
  const parts = [table, ...(table.GlobalSecondaryIndexes ?? [])]
  const total = (unit: keyof Throughput): number =>
    parts.reduce((sum, part) => sum + (part.ProvisionedThroughput?.[unit] ?? 0), 0)
  return {
    mode: "provisioned",
    writeUnits: total("WriteCapacityUnits"),
    readUnits: total("ReadCapacityUnits")
  }
}

/** The programs' log lines define `loggedMetrics`. */
export const deploymentOf = Effect.fnUntraced(function* (
  definitions: Definitions,
  resources: ReadonlyArray<Resource>,
  loggedMetrics: number
) {
  const { processor, reporter } = definitions
  const reportsPerMonth = yield* firingsPerMonth(definitions.schedule)
  const filters = yield* counted(resources, [
    "aws_cloudwatch_log_metric_filter",
    "AWS::Logs::MetricFilter"
  ])
  return {
    triggers: triggersOf(resources),
    batchSize: definitions.batchSize,
    processor: {
      memoryMb: processor.memoryMb,
      architecture: architectureOf(resources, "ProcessorFunction")
    },
    reporterArchitecture: architectureOf(resources, "ReporterFunction"),
    reporterTimeoutSeconds: reporter.timeoutSeconds,
    reporterGbSeconds: (reporter.timeoutSeconds * reporter.memoryMb) / 1024,
    runsPerMonth: yield* firingsOfAll(
      resources.filter((resource) => !(isDrain(resource) || isWatch(resource)))
    ),
    watchesPerMonth: yield* firingsOfAll(resources.filter(isWatch)),
    drainsPerMonth: yield* firingsOfAll(resources.filter(isDrain)),
    reportsPerMonth,
    capacity: capacityOf(definitions),
    pointInTimeRecovery: yield* recoveryOf(resources),
    customMetrics: loggedMetrics + filters,
    metricRequestsPerMonth: reportsPerMonth * requestsPerReading,
    alarms: yield* counted(
      resources,
      ["aws_cloudwatch_metric_alarm", "AWS::CloudWatch::Alarm"],
      alarmMetrics
    ),
    topics: yield* counted(resources, ["aws_sns_topic", "AWS::SNS::Topic"]),
    codeBuckets: yield* counted(resources, ["aws_s3_bucket"]),
    logRetentionDays: retentionOf(resources),
    unpriced: resources
      .filter(({ type }) => !priced.has(type) && !free.test(type))
      .map(({ name, type }) => (name.startsWith(type) ? name : `${type} ${name}`))
  } satisfies Deployment
})
