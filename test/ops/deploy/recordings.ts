/** The conversations of a deployment, part by part. */
import type { RecordedCommand } from "./Conversation.ts"

const json = (value: unknown): string => `${JSON.stringify(value)}\n`

/** An answer of the AWS command line to one request. */
export const aws = (service: string, operation: string, answer: unknown): RecordedCommand => ({
  said: `aws ${service} ${operation} --region eu-west-1 ...`,
  stdout: json(answer)
})

export const awsRefuses = (
  service: string,
  operation: string,
  code: string,
  detail = "refused"
): RecordedCommand => ({
  said: `aws ${service} ${operation} --region eu-west-1 ...`,
  exitCode: 254,
  stderr: `\nAn error occurred (${code}) when calling the operation: ${detail}\n`
})

export const tools: ReadonlyArray<RecordedCommand> = [
  { said: "node --version", stdout: "v24.21.0\n" },
  { said: "terraform version -json", stdout: json({ terraform_version: "1.11.4" }) },
  { said: "aws --version", stdout: "aws-cli/2.31.0 Python/3.13.7 Linux/6.8\n" },
  { said: "wrangler --version", stdout: "4.116.0\n" }
]

export const account = aws("sts", "get-caller-identity", {
  Account: "123456789012",
  Arn: "arn:aws:iam::123456789012:user/owner"
})

export const scheduler = aws("scheduler", "list-schedule-groups", { ScheduleGroups: [] })

export const ses: ReadonlyArray<RecordedCommand> = [
  aws("sesv2", "get-account", { ProductionAccessEnabled: false, SendingEnabled: true }),
  aws("sesv2", "get-email-identity", { VerifiedForSendingStatus: true }),
  aws("sesv2", "get-email-identity", { VerifiedForSendingStatus: true })
]

export const noStack = awsRefuses(
  "cloudformation",
  "describe-stacks",
  "ValidationError",
  "Stack with id cv-analytics-functions does not exist"
)

export const stack = (StackStatus: string, Description = "The functions of cv-analytics") =>
  aws("cloudformation", "describe-stacks", { Stacks: [{ StackStatus, Description }] })

export const cloudflare: RecordedCommand = {
  said: "wrangler whoami --json",
  stdout: json({ loggedIn: true, accounts: [{ id: "c1", name: "Owner" }] })
}

export const preflight: ReadonlyArray<RecordedCommand> = [
  ...tools,
  account,
  scheduler,
  ...ses,
  noStack,
  cloudflare
]

export const preflightOfAws = preflight.slice(0, -1)

export const preflightAgain: ReadonlyArray<RecordedCommand> = preflight.map((exchange) =>
  exchange === noStack ? stack("UPDATE_COMPLETE") : exchange
)

export const build: RecordedCommand = { said: "node build.ts" }

export const terraform = (words: string): RecordedCommand => ({
  said: `TF_WORKSPACE=default terraform -chdir=infra/terraform ${words}`
})

export const initialize: RecordedCommand = {
  said: "terraform -chdir=infra/terraform init -input=false"
}

export const planned = (actions: Readonly<Record<string, ReadonlyArray<string>>>) => [
  initialize,
  { ...terraform("plan ..."), exitCode: 2 },
  {
    ...terraform("show -json default.tfplan"),
    stdout: json({
      resource_changes: Object.entries(actions).map(([address, names]) => ({
        address,
        change: { actions: names }
      }))
    })
  }
]

export const apply = terraform("apply -input=false default.tfplan")

export const infra: ReadonlyArray<RecordedCommand> = [
  ...planned({ "aws_sqs_queue.events": ["create"], "aws_sns_topic.alarms": ["update"] }),
  apply
]

export const infraUnchanged: ReadonlyArray<RecordedCommand> = [initialize, terraform("plan ...")]

const arn = (service: string, name: string) => `arn:aws:${service}:eu-west-1:123456789012:${name}`
const queueUrl = (name: string) => `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`

export const outputValues = {
  name: "cv-analytics",
  queue_url: queueUrl("cv-analytics.fifo"),
  queue_arn: arn("sqs", "cv-analytics.fifo"),
  delivery: "trigger",
  dead_letters_url: queueUrl("cv-analytics-dead-letters.fifo"),
  table_name: "cv-analytics",
  processor_timeout_seconds: 60,
  report_time_zone: "Etc/UTC",
  report_from: "reports@example.com",
  processor_role_arn: "arn:aws:iam::123456789012:role/cv-analytics-processor",
  reporter_role_arn: "arn:aws:iam::123456789012:role/cv-analytics-reporter",
  deployment_role_arn: "arn:aws:iam::123456789012:role/cv-analytics-deployment",
  worker_user_name: "cv-analytics-worker",
  code_bucket: "cv-analytics-code-123456789012"
}

export const outputs: ReadonlyArray<RecordedCommand> = [
  {
    ...terraform("output -json"),
    stdout: json(
      Object.fromEntries(Object.entries(outputValues).map(([name, value]) => [name, { value }]))
    )
  }
]

export const packaging: RecordedCommand = {
  said:
    "aws cloudformation package --template-file infra/sam/template.yaml " +
    "--s3-bucket cv-analytics-code-123456789012 " +
    "--output-template-file dist/cv-analytics-functions.yaml --region eu-west-1"
}

export const stackDeploy: RecordedCommand = {
  said:
    "aws cloudformation deploy --template-file dist/cv-analytics-functions.yaml " +
    "--stack-name cv-analytics-functions --no-fail-on-empty-changeset --parameter-overrides ..."
}

export const functions: ReadonlyArray<RecordedCommand> = [noStack, packaging, stackDeploy]

export interface RecordedKey {
  readonly id: string
  readonly used?: boolean
  readonly status?: string
  readonly made?: string
}

/** Oldest first, although AWS promises no order. */
export const listedKeys = (...found: ReadonlyArray<RecordedKey>): RecordedCommand =>
  aws("iam", "list-access-keys", {
    AccessKeyMetadata: found
      .map(({ id, made, status = "Active" }, index) => ({
        AccessKeyId: id,
        Status: status,
        CreateDate: made ?? `2026-0${index + 1}-01T00:00:00Z`
      }))
      .toReversed()
  })

export const keys = (...found: ReadonlyArray<RecordedKey>): ReadonlyArray<RecordedCommand> => [
  listedKeys(...found),
  ...found.toReversed().map(({ used = false }) =>
    aws("iam", "get-access-key-last-used", {
      AccessKeyLastUsed: { ...(used && { LastUsedDate: "2026-11-20T00:00:00Z" }), Region: "N/A" }
    })
  )
]

export const worker = "--config=infra/wrangler.jsonc --env="

export const noWorker: RecordedCommand = {
  said: `wrangler secret list --format=json ${worker}`,
  exitCode: 1,
  stderr: 'X [ERROR] Worker "cv-analytics-edge" not found.\n'
}

export const workerHasKey: RecordedCommand = {
  said: `wrangler secret list --format=json ${worker}`,
  stdout: json(
    ["CV_ANALYTICS_ACCESS_KEY_ID", "CV_ANALYTICS_SECRET_ACCESS_KEY"].map((name) => ({ name }))
  )
}

export const newKey = {
  id: "AKIAIOSFODNN7EXAMPLE",
  secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
}

export const createKey = aws("iam", "create-access-key", {
  AccessKey: { AccessKeyId: newKey.id, SecretAccessKey: newKey.secret, Status: "Active" }
})

export const handOver: RecordedCommand = {
  said: `wrangler secret bulk ${worker}`,
  stdin: JSON.stringify({
    CV_ANALYTICS_ACCESS_KEY_ID: newKey.id,
    CV_ANALYTICS_SECRET_ACCESS_KEY: newKey.secret
  })
}

export const deleteKey = (id: string): RecordedCommand => ({
  said:
    "aws iam delete-access-key --region eu-west-1 --output json --cli-input-json " +
    `'{"UserName":"cv-analytics-worker","AccessKeyId":"${id}"}'`
})

/** Lists the keys again before the Worker gets one, in case another deployment changed them. */
export const handedOver = (
  ...before: ReadonlyArray<RecordedKey>
): ReadonlyArray<RecordedCommand> => [createKey, listedKeys(...before, newKey), handOver]

export const key: ReadonlyArray<RecordedCommand> = [...keys(), noWorker, ...handedOver()]

export const workerUrl = "https://cv-analytics-edge.owner.workers.dev"

export const edge: RecordedCommand = {
  said: `wrangler deploy --var CV_ANALYTICS_QUEUE_URL:${outputValues.queue_url} ${worker}`,
  stdout: `Uploaded cv-analytics-edge\nDeployed cv-analytics-edge triggers\n  ${workerUrl}\n`
}

export const stored = (status: string): RecordedCommand =>
  aws("dynamodb", "query", { Items: [{ status: { S: status } }] })

export const notStored: RecordedCommand = aws("dynamodb", "query", { Items: [] })

export const mail: RecordedCommand = {
  said:
    "node ops/main.ts report send --to owner@example.com --from-address reports@example.com " +
    "--site cv.example.com --table cv-analytics --region eu-west-1"
}

export const everything: ReadonlyArray<RecordedCommand> = [
  ...preflight,
  build,
  ...infra,
  ...outputs,
  ...functions,
  ...key,
  edge,
  notStored,
  stored("correlated"),
  mail
]
