/** The conversations of a deployment, part by part. */
import { newKey } from "./Cloud.ts"
import type { RecordedCommand } from "./Conversation.ts"

const json = (value: unknown): string => `${JSON.stringify(value)}\n`

export const tools: ReadonlyArray<RecordedCommand> = [
  { said: "node --version", stdout: "v24.21.0\n" },
  { said: "terraform version -json", stdout: json({ terraform_version: "1.11.4" }) },
  { said: "wrangler --version", stdout: "4.116.0\n" }
]

export const cloudflare: RecordedCommand = {
  said: "wrangler whoami --json",
  stdout: json({ loggedIn: true, accounts: [{ id: "c1", name: "Owner" }] })
}

export const preflight: ReadonlyArray<RecordedCommand> = [...tools, cloudflare]

/** The preflight of a deployment without the Worker. */
export const preflightOfAws = tools.filter(({ said }) => !said.startsWith("wrangler"))

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

export const handOver: RecordedCommand = {
  said: `wrangler secret bulk ${worker}`,
  stdin: JSON.stringify({
    CV_ANALYTICS_ACCESS_KEY_ID: newKey.id,
    CV_ANALYTICS_SECRET_ACCESS_KEY: newKey.secret
  })
}

export const key: ReadonlyArray<RecordedCommand> = [noWorker, handOver]

export const workerUrl = "https://cv-analytics-edge.owner.workers.dev"

export const edge: RecordedCommand = {
  said: `wrangler deploy --var CV_ANALYTICS_QUEUE_URL:${outputValues.queue_url} ${worker}`,
  stdout: `Uploaded cv-analytics-edge\nDeployed cv-analytics-edge triggers\n  ${workerUrl}\n`
}

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
  ...key,
  edge,
  mail
]
