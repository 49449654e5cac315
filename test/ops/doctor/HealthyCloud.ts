/** Answers of AWS, Cloudflare and Terraform about a deployment that matches its definitions. */
import { writeFileSync } from "node:fs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { AwsSettings } from "../../../ops/aws/AwsClient.ts"
import { type CommandLine, Commands } from "../../../ops/deploy/Commands.ts"
import type { DeployFault } from "../../../ops/deploy/DeployFault.ts"
import { type AwsAnswers, refuse, serveAws } from "../aws/AwsDouble.ts"
import { account, arn, clean, type PlanText } from "./Plans.ts"

type Json = Readonly<Record<string, unknown>>
export type Answers = Readonly<Record<string, Json>>

export const lambdaArn = (name: string) => arn("lambda", `function:${name}`)

const functionAnswer = (timeout: number, memory: number, names: ReadonlyArray<string>) => ({
  Version: "7",
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

/** The key is the operation, and a name in the request if it is asked more than once. */
export const healthy: Answers = {
  "get-caller-identity": { Account: account, Arn: `arn:aws:iam::${account}:user/owner` },
  "get-queue-url": { QueueUrl: "https://sqs/1/dead.fifo" },
  "get-queue-attributes": { Attributes: { ApproximateNumberOfMessages: "0" } },
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
    "REPORT_LANGUAGE",
    "REPORT_QUESTIONS",
    "REPORT_QUIET_WEEK",
    "WATCH_DAILY_BUDGET_USD",
    "MODEL_PRICES",
    "REPORT_UNSUBSCRIBE_URL",
    "WORKERS_AI_ACCOUNT",
    "WORKERS_AI_TOKEN",
    "CHANNEL_QUESTIONS",
    "DISCORD_URL",
    "SLACK_URL",
    "WEBHOOK_SECRET",
    "WEBHOOK_URL",
    "QUEUE_ARN",
    "DEAD_LETTERS_URL"
  ]),
  "get-alias cv-analytics-processor": { Name: "live", FunctionVersion: "7" },
  "get-alias cv-analytics-reporter": { Name: "live", FunctionVersion: "7" },
  "list-versions-by-function": { Versions: [{ Version: "$LATEST" }, { Version: "7" }] },
  "list-event-source-mappings": {
    EventSourceMappings: [
      {
        State: "Enabled",
        BatchSize: 10,
        FunctionArn: lambdaArn("cv-analytics-processor:live"),
        EventSourceArn: arn("sqs", "cv-analytics.fifo"),
        MaximumBatchingWindowInSeconds: 0,
        FunctionResponseTypes: ["ReportBatchItemFailures"]
      }
    ]
  },
  "get-schedule cv-analytics-weekly-report": { State: "ENABLED" },
  "get-schedule cv-analytics-report-check": { State: "ENABLED" },
  "get-schedule cv-analytics-watch": { State: "ENABLED" },
  query: { Items: [{ requestId: { S: "r1" }, timestamp: { N: "1764500000000" } }] },
  "describe-alarms": { MetricAlarms: [] },
  "list-subscriptions-by-topic": {
    Subscriptions: [
      {
        Protocol: "email",
        Endpoint: "Owner@example.com",
        SubscriptionArn: arn("sns", "cv-analytics-alarms:1")
      }
    ]
  },
  "get-account": { SendingEnabled: true, ProductionAccessEnabled: false },
  "get-email-identity reports@example.com": { VerifiedForSendingStatus: true },
  "get-email-identity owner@example.com": { VerifiedForSendingStatus: true },
  "secret list": { names: ["CV_ANALYTICS_ACCESS_KEY_ID", "CV_ANALYTICS_SECRET_ACCESS_KEY"] },
  "deployments status": {
    id: "d1",
    created_on: "2026-11-20T10:00:00.000Z",
    versions: [{ version_id: "8c1e", percentage: 100 }]
  },
  "list-access-keys": {
    AccessKeyMetadata: [
      { AccessKeyId: "AKIAOLD", Status: "Active", CreateDate: "2026-01-01T00:00:00Z" }
    ]
  },
  "get-access-key-last-used": { AccessKeyLastUsed: { LastUsedDate: "2026-11-20T00:00:00Z" } },
  "list-groups-for-user": { Groups: [] },
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
  },
  "get-resources": { ResourceTagMappingList: [] }
}

/** The name of an operation as the answers have it. */
const hyphenated = (operation: string): string =>
  operation.replaceAll(/\B[A-Z]/g, "-$&").toLowerCase()

/** Requests without a given answer fail as AWS does for a missing resource. */
const answersOf =
  (answers: Answers): AwsAnswers =>
  ({ input, operation }) => {
    const name = hyphenated(operation)
    const keys = [...Object.values(input).map((value) => `${name} ${value}`), name]
    const answer = keys.map((key) => answers[key]).find((found) => found !== undefined)
    return answer ?? refuse("ResourceNotFoundException", "no such thing")
  }

/** Terraform's answers. */
export interface Terraform {
  readonly plan: PlanText
  /** The end of `terraform plan`; 2 by default. */
  readonly exitCode?: number
  readonly stderr?: string
  readonly fault?: DeployFault
  readonly heard?: (command: CommandLine) => void
}

const cleanly: Terraform = { plan: clean }

const said = (stdout: unknown) =>
  Effect.succeed({ exitCode: 0, stdout: JSON.stringify(stdout), stderr: "" })

const terraformSays = (
  { exitCode = 2, fault, plan, stderr = "" }: Terraform,
  { args }: CommandLine
) => {
  if (fault !== undefined) return fault
  const [file] = args.flatMap((word) => (word.startsWith("-out=") ? [word.slice(5)] : []))
  if (file === undefined) return said(plan)
  writeFileSync(file, "a plan")
  return Effect.succeed({ exitCode, stdout: "", stderr })
}

const tools = (answers: Answers, terraform: Terraform) =>
  Commands.of({
    run: (command) => {
      terraform.heard?.(command)
      if (command.tool === "terraform") return terraformSays(terraform, command)
      if (command.args[0] === "deployments") return said(answers["deployments status"])
      const { names } = answers["secret list"] as { readonly names: ReadonlyArray<string> }
      return said(names.map((name) => ({ name })))
    }
  })

/** The deployment that gives these answers. */
export const cloud = (answers: Answers, terraform: Terraform = cleanly) =>
  Layer.merge(
    Layer.succeed(Commands, tools(answers, terraform)),
    Layer.effect(
      AwsSettings,
      Effect.map(serveAws(answersOf(answers)), ({ settings }) => settings)
    )
  )
