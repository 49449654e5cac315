/** The lines that the two functions write into their logs, taken while they run. */
import * as Console from "effect/Console"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as AgentClassifierIsbot from "../../src/layers/AgentClassifierIsbot.ts"
import * as InteractionStoreMemory from "../../src/layers/InteractionStoreMemory.ts"
import * as JsonLogger from "../../src/layers/JsonLogger.ts"
import * as LanguageDetectorEld from "../../src/layers/LanguageDetectorEld.ts"
import * as MailerMemory from "../../src/layers/MailerMemory.ts"
import * as MeaningWords from "../../src/layers/MeaningWords.ts"
import * as ReportLedgerMemory from "../../src/layers/ReportLedgerMemory.ts"
import { processBatch } from "../../src/programs/processor/program.ts"
import { run } from "../../src/programs/reporter/program.ts"
import { countingFailures } from "../../src/programs/reporter/ReportMetrics.ts"
import { version } from "../../src/runtime/version.ts"
import { EmailAddress } from "../../src/schema/EmailMessage.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { DeadLetterGauge } from "../../src/services/DeadLetterGauge.ts"
import { PipelineMeter } from "../../src/services/PipelineMeter.ts"
import { StorageGauge } from "../../src/services/StorageGauge.ts"
import type { Sample } from "../processor/samples.ts"

/** The lines that Lambda itself writes about an invocation. */
const platformLines = [
  "START RequestId: 6bc28136-xmpl-4365-b021-0ce6b2e64ab0 Version: $LATEST\n",
  "END RequestId: 6bc28136-xmpl-4365-b021-0ce6b2e64ab0\n",
  "REPORT RequestId: 6bc28136-xmpl-4365-b021-0ce6b2e64ab0\tDuration: 1234.56 ms\t" +
    "Billed Duration: 1735 ms\tMemory Size: 1024 MB\tMax Memory Used: 1000 MB\t" +
    "Init Duration: 500.00 ms\t\n"
]

/** The log of an invocation that writes these lines. */
export const logOf = (lines: ReadonlyArray<string>) => ({
  logLines: platformLines.length + lines.length,
  logBytes: Buffer.byteLength([...platformLines, ...lines].join(""))
})

const captured = Effect.fnUntraced(function* <A, E, R>(program: Effect.Effect<A, E, R>) {
  const lines: Array<string> = []
  const console = yield* Console.Console
  yield* program.pipe(
    Effect.provide(JsonLogger.layer("Info")),
    // as in a function; a command logs to standard error
    Effect.provideService(Logger.LogToStderr, false),
    Effect.provideService(Console.Console, {
      ...console,
      log: (line: unknown) => void lines.push(`${String(line)}\n`)
    })
  )
  return lines
})

const recordsOf = ({ query, response }: Sample) =>
  [query, response].map((event) => ({
    messageId: `${event.requestId}:${event.eventType}`,
    groupId: event.requestId,
    body: encodeMessage(event)
  }))

const processing = (sample: Sample) =>
  processBatch(recordsOf(sample), { budget: "1 minute" }).pipe(
    Effect.provide([
      InteractionStoreMemory.layer,
      AgentClassifierIsbot.layer,
      LanguageDetectorEld.layer
    ])
  )

const address = EmailAddress.make("owner@example.com")

const reporter = Layer.mergeAll(
  InteractionStoreMemory.layer,
  ReportLedgerMemory.layer,
  MailerMemory.layer,
  MeaningWords.layer,
  Layer.succeed(DeadLetterGauge, { count: Effect.succeedSome(0) }),
  Layer.succeed(PipelineMeter, { read: () => Effect.succeed({}) }),
  Layer.succeed(StorageGauge, { bytes: Effect.succeedNone })
)

/** A run that sends the week's report, one that finds it sent, and one that fails. */
const reporting = Effect.gen(function* () {
  const options = {
    siteName: "cv.example.com",
    language: "en",
    from: address,
    to: [address],
    zone: DateTime.zoneMakeNamedUnsafe("UTC"),
    prices: [],
    questions: "shown",
    quietWeek: "send",
    channelQuestions: "hidden",
    version
  } as const
  for (const owner of ["first", "second"]) {
    yield* run({ weekId: undefined, owner }, options)
  }
  yield* Effect.exit(countingFailures(Effect.fail("any reason")))
}).pipe(Effect.provide(reporter))

interface EmbeddedMetrics {
  readonly _aws?: {
    readonly CloudWatchMetrics: ReadonlyArray<{
      readonly Namespace: string
      readonly Dimensions: ReadonlyArray<unknown>
      readonly Metrics: ReadonlyArray<{ readonly Name: string }>
    }>
  }
}

/** CloudWatch bills a metric once for each set of its dimensions. */
const seriesOf = (line: string): ReadonlyArray<string> => {
  const { _aws }: EmbeddedMetrics = JSON.parse(line)
  return (_aws?.CloudWatchMetrics ?? []).flatMap(({ Dimensions, Metrics, Namespace }) =>
    Dimensions.flatMap((set) => Metrics.map(({ Name }) => JSON.stringify([Namespace, set, Name])))
  )
}

/** The lines of a batch, and how many metrics CloudWatch makes of all that is logged. */
export const loggedLines = Effect.fnUntraced(function* (sample: Sample) {
  const batch = yield* captured(processing(sample))
  const reports = yield* captured(reporting)
  return { batch, metrics: new Set([...batch, ...reports].flatMap(seriesOf)).size }
})
