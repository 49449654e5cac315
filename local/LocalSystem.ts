/**
 * The whole product on one machine, over the protocols of a deployment: the Worker bundle in
 * workerd, a FIFO queue, both Lambda bundles in separate processes, the table and an inbox. Its
 * settings come from `infra/`.
 */
import { fileURLToPath } from "node:url"
import { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { SQSClient } from "@aws-sdk/client-sqs"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { bundles } from "../infra/bundles.ts"
import { type Definitions, readDefinitions } from "../infra/definitions/Definitions.ts"
import type { Variables } from "../infra/definitions/Terraform.ts"
import * as ChannelInbox from "./channels/ChannelInbox.ts"
import * as CloudWatch from "./cloudwatch/CloudWatchServer.ts"
import { createQueues } from "./createQueues.ts"
import { createTable } from "./dynamodb/createTable.ts"
import { type FunctionEndpoints, functionEnvironment } from "./functionEnvironment.ts"
import * as DrainSchedule from "./lambda/DrainSchedule.ts"
import * as EventSourceMapping from "./lambda/EventSourceMapping.ts"
import type { FunctionDefinition } from "./lambda/FunctionDefinition.ts"
import * as FunctionHost from "./lambda/FunctionHost.ts"
import type { SourceQueueOptions } from "./lambda/SourceQueue.ts"
import { clockFlags } from "./process/movedClock.ts"
import { notStarted, type SupervisedProcess, supervise } from "./process/SupervisedProcess.ts"
import { SystemEvent } from "./SystemEvent.ts"

export interface Ports {
  readonly worker: number
  readonly inbox: number
  readonly sqs: number
  readonly dynamoDb: number
  readonly metrics: number
}

export interface Options {
  /** 0 = any free port. */
  readonly ports: Ports
  /** Keeps queue, table and inbox between starts. */
  readonly folder: string
  /** Terraform variables that replace their defaults. */
  readonly variables: Variables
  readonly siteName: string
  readonly reportFrom: string
  readonly reportTo: string
  /** Pauses before the second and third attempt of a report; Lambda waits 1 and 2 minutes. */
  readonly reportRetryDelays: ReadonlyArray<string & `${number} seconds`>
  readonly onEvent: (event: SystemEvent) => Effect.Effect<void>
  /** Has the reporter tell channels of this machine, whose messages are kept in the folder. */
  readonly tellsChannels?: true
  /** Limits the questions of a visitor, as a deployment does. */
  readonly limitsQuestions?: true
  /** How far the clocks of all parts are ahead of the real one. */
  readonly clockAheadMs?: number
  /** Replaces the minutes between two drains. */
  readonly drainEvery?: Duration.Input
  /** Dates metrics as if they had been written then. */
  readonly metricsDated?: (timestampMs: number) => number
}

export interface LocalSystem {
  readonly definitions: Definitions
  readonly workerUrl: string
  readonly inboxUrl: string
  readonly sqs: SQSClient
  readonly queueUrl: string
  readonly deadLettersUrl: string
  readonly dynamoDb: DynamoDBClient
  readonly processor: FunctionHost.FunctionHost
  /** Delivers the schedule's event to the reporter once, with Lambda's retries. */
  readonly report: (input: unknown) => Effect.Effect<void>
  readonly processes: ReadonlyArray<SupervisedProcess>
}

const root = fileURLToPath(new URL("../", import.meta.url))
const credentials = { accessKeyId: "local", secretAccessKey: "local" }

const superviseProcess = (
  { clockAheadMs = 0, onEvent }: Options,
  name: "dynamodb" | "inbox" | "sqs" | "worker",
  port: number,
  given: ReadonlyArray<string>
) =>
  supervise({
    name,
    script: `local/${name}/main.ts`,
    port,
    nodeFlags: clockFlags(clockAheadMs),
    arguments: given,
    onRestart: (reason) => onEvent(SystemEvent.Restarted({ process: name, reason })),
    onLine: (line) => onEvent(SystemEvent.Log({ functionName: name, line }))
  })

const destroyed = <A extends { readonly destroy: () => void }>(make: () => A) =>
  Effect.acquireRelease(Effect.sync(make), (client) => Effect.sync(() => client.destroy()))

/** Gives a bundle exactly the variables that its definition names. */
const functionDefinition = (
  name: "processor" | "reporter",
  definitions: Definitions,
  environment: FunctionDefinition["environment"],
  { clockAheadMs = 0 }: Options
): FunctionDefinition => {
  const { handler, memoryMb, timeoutSeconds } = definitions[name]
  return {
    name: `cv-analytics-${name}`,
    bundlePath: `${root}${bundles[name]}`,
    handler,
    timeoutSeconds,
    memoryMb,
    maxConcurrency: 5,
    region: definitions.region,
    nodeFlags: clockFlags(clockAheadMs),
    environment
  }
}

const startFunctions = Effect.fnUntraced(function* (
  options: Options,
  definitions: Definitions,
  endpoints: FunctionEndpoints
) {
  const onLog = (log: FunctionHost.FunctionLogLine) => options.onEvent(SystemEvent.Log(log))
  const definitionOf = (name: "processor" | "reporter") =>
    functionDefinition(
      name,
      definitions,
      functionEnvironment(name, definitions, options, endpoints),
      options
    )
  const processor = yield* FunctionHost.make(definitionOf("processor"), { onLog })
  const reporter = yield* FunctionHost.make(
    { ...definitionOf("reporter"), asyncRetryDelays: options.reportRetryDelays },
    { onLog }
  )
  return { processor, reporter }
})

const reportWith =
  (reporter: FunctionHost.FunctionHost, { onEvent }: Options) =>
  (input: unknown) =>
    reporter.invokeAsync(input).pipe(
      Effect.matchEffect({
        onSuccess: ({ payload }) => onEvent(SystemEvent.Reported({ outcome: payload })),
        onFailure: (error) => onEvent(SystemEvent.ReportFailed({ detail: error.message }))
      })
    )

/** Sends every log line to the metrics server too. */
const readingMetrics = ({ read }: CloudWatch.CloudWatch, options: Options): Options => ({
  ...options,
  onEvent: (event) =>
    event._tag === "Log"
      ? Effect.andThen(read(event.line), options.onEvent(event))
      : options.onEvent(event)
})

/** Lets the trigger or the schedule invoke the processor, as it is defined. */
const deliver = (
  options: Options,
  { batchSize, delivery }: Definitions,
  source: SourceQueueOptions,
  { invoke }: FunctionHost.FunctionHost
) =>
  delivery.by === "trigger"
    ? EventSourceMapping.make({
        ...source,
        batchSize,
        invoke,
        onBatch: (report) => options.onEvent(SystemEvent.Batch({ report }))
      })
    : DrainSchedule.make({
        every: options.drainEvery ?? `${delivery.everyMinutes} minutes`,
        payload: JSON.parse(delivery.input),
        invoke,
        onDrain: (report) => options.onEvent(SystemEvent.Drained({ report }))
      })

/** Starts all parts, waits until they are ready, and ends them with the scope. */
export const start = Effect.fn("LocalSystem.start")(function* (given: Options) {
  const definitions = yield* readDefinitions(given.variables)
  const metrics = yield* CloudWatch.serve({
    port: given.ports.metrics,
    folder: `${given.folder}/cloudwatch`,
    ...(given.metricsDated === undefined ? {} : { dated: given.metricsDated })
  }).pipe(notStarted("metrics"))
  const options = readingMetrics(metrics, given)
  const { region } = definitions
  const { folder, ports } = options
  const dataIn = (name: string) => ["--data", `${folder}/${name}`]
  const [sqsProcess, dynamoDbProcess, inbox] = yield* Effect.all(
    [
      superviseProcess(options, "sqs", ports.sqs, [...dataIn("sqs"), "--region", region]),
      superviseProcess(options, "dynamodb", ports.dynamoDb, dataIn("dynamodb")),
      superviseProcess(options, "inbox", ports.inbox, dataIn("inbox"))
    ],
    { concurrency: 3 }
  )
  const sqs = yield* destroyed(
    () =>
      new SQSClient({
        region,
        credentials,
        endpoint: sqsProcess.endpoint,
        useQueueUrlAsEndpoint: false
      })
  )
  const dynamoDb = yield* destroyed(
    () => new DynamoDBClient({ region, credentials, endpoint: dynamoDbProcess.endpoint })
  )
  const { deadLettersUrl, queueArn, queueUrl } = yield* createQueues(sqs, definitions)
  yield* createTable(dynamoDb, definitions)
  const worker = yield* superviseProcess(options, "worker", ports.worker, [
    ...["--queue-url", queueUrl, "--region", region],
    ...(given.limitsQuestions === true ? ["--limited"] : []),
    ...["--clock-ahead-ms", `${given.clockAheadMs ?? 0}`]
  ])
  const channels =
    given.tellsChannels &&
    (yield* ChannelInbox.serve({
      folder: `${folder}/channels`,
      onMessage: (channel, file) =>
        options.onEvent(SystemEvent.Log({ functionName: channel, line: `kept as ${file}` }))
    }).pipe(notStarted("channels")))
  const { processor, reporter } = yield* startFunctions(options, definitions, {
    dynamoDb: dynamoDbProcess.endpoint,
    metrics: metrics.endpoint,
    ses: inbox.endpoint,
    sqs: sqsProcess.endpoint,
    queueArn,
    queueUrl,
    deadLettersUrl,
    ...(channels !== undefined && { channels })
  })
  const source = { endpoint: sqsProcess.endpoint, queueUrl, region }
  yield* deliver(options, definitions, source, processor)
  return {
    definitions,
    workerUrl: worker.endpoint,
    inboxUrl: inbox.endpoint,
    sqs,
    queueUrl,
    deadLettersUrl,
    dynamoDb,
    processor,
    report: reportWith(reporter, options),
    processes: [sqsProcess, dynamoDbProcess, inbox, worker]
  } satisfies LocalSystem
})
