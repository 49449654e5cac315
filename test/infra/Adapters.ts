/** What the adapters of the functions ask of AWS, verb by verb; their own source is held to it. */
import { calls, layersOf } from "./Program.ts"

interface Adapter {
  readonly layer: string
  /** Where its commands are written, when not in the layer itself. */
  readonly commands?: string
  readonly port: string
  readonly service: "cloudwatch" | "dynamodb" | "ses" | "sqs"
  /** What each verb of the port sends; held to the adapter's source below. */
  readonly verbs: Readonly<Record<string, ReadonlyArray<string>>>
}

export const adapters: ReadonlyArray<Adapter> = [
  {
    layer: "InteractionStoreDynamoDb",
    commands: "InteractionCommands",
    port: "InteractionStore",
    service: "dynamodb",
    verbs: { record: ["PutItem", "UpdateItem"], get: ["GetItem"], summaries: ["Query"] }
  },
  {
    layer: "ReportLedgerDynamoDb",
    port: "ReportLedger",
    service: "dynamodb",
    verbs: {
      claim: ["UpdateItem"],
      freeze: ["UpdateItem"],
      confirm: ["UpdateItem"],
      skip: ["UpdateItem"],
      reports: ["GetItem"],
      release: ["UpdateItem"]
    }
  },
  {
    layer: "DeadLetterGaugeSqs",
    port: "DeadLetterGauge",
    service: "sqs",
    verbs: { count: ["GetQueueAttributes"] }
  },
  {
    layer: "StorageGaugeDynamoDb",
    port: "StorageGauge",
    service: "dynamodb",
    verbs: { bytes: ["DescribeTable"] }
  },
  {
    layer: "PipelineMeterCloudWatch",
    port: "PipelineMeter",
    service: "cloudwatch",
    verbs: { read: ["GetMetricStatistics"] }
  },
  { layer: "MailerSes", port: "Mailer", service: "ses", verbs: { send: ["SendRawEmail"] } }
]

export const programs = ["processor", "reporter"] as const
export type Program = (typeof programs)[number]

/** The actions of the commands that the program can come to send. */
export const needed = (program: Program): ReadonlySet<string> =>
  new Set(
    adapters
      .filter(({ layer: name }) => layersOf(program).includes(name))
      .flatMap(({ port, service, verbs }) =>
        Object.entries(verbs)
          .filter(([verb]) => calls(program, port, verb))
          .flatMap(([, commands]) => commands.map((command) => `${service}:${command}`))
      )
  )
