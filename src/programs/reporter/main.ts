/** The reporter's Lambda: settings, layers, and the only place where its Effects are run. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as DeadLetterGaugeSqs from "../../layers/DeadLetterGaugeSqs.ts"
import { DynamoDb } from "../../layers/dynamodb/DynamoDb.ts"
import * as InteractionStoreDynamoDb from "../../layers/InteractionStoreDynamoDb.ts"
import * as JsonLogger from "../../layers/JsonLogger.ts"
import * as MailerSes from "../../layers/MailerSes.ts"
import * as PipelineMeterCloudWatch from "../../layers/PipelineMeterCloudWatch.ts"
import * as ReportLedgerDynamoDb from "../../layers/ReportLedgerDynamoDb.ts"
import * as StorageGaugeDynamoDb from "../../layers/StorageGaugeDynamoDb.ts"
import * as Settings from "../../runtime/Settings.ts"
import { version } from "../../runtime/version.ts"
import { EmailAddress, UnsubscribeUrl } from "../../schema/EmailMessage.ts"
import { WeekId } from "../../schema/IsoWeek.ts"
import { ModelPrice, pricesOf } from "../../schema/report/ModelPrice.ts"
import { type Options, resend, run } from "./program.ts"
import { countingFailures } from "./ReportMetrics.ts"

/**
 * The schedule sends nothing that is read here; an operator may name a week, or ask for a resend.
 */
const ReportEvent = Schema.Union([
  Schema.Struct({ weekId: WeekId, resend: Schema.Literal(true) }),
  Schema.Struct({ weekId: Schema.optionalKey(WeekId) })
])

/** A name, and with it the queue's metrics, is the end of an ARN. */
const QueueArn = Schema.String.check(
  Schema.isPattern(/^arn:[a-z-]+:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,75}\.fifo$/, {
    expected: "the ARN of a FIFO queue"
  })
)

const decodeRecipients = Schema.decodeUnknownEffect(Schema.NonEmptyArray(EmailAddress))

const settings = {
  AWS_REGION: {
    config: Config.NonEmptyString("AWS_REGION"),
    expected: "the region of the table and of the mail service",
    example: "eu-west-1"
  },
  TABLE_NAME: {
    config: Config.NonEmptyString("TABLE_NAME"),
    expected: "the name of the DynamoDB table",
    example: "cv-analytics"
  },
  SITE_NAME: {
    config: Config.NonEmptyString("SITE_NAME"),
    expected: "the name of the site, as the e-mail shows it",
    example: "cv.example.com"
  },
  REPORT_FROM: {
    config: Config.schema(EmailAddress, "REPORT_FROM"),
    expected: "the sender, an address that the mail service has verified",
    example: "reports@example.com"
  },
  REPORT_TO: {
    config: Config.Array(EmailAddress, "REPORT_TO").pipe(
      Config.mapEffect((addresses) =>
        Effect.mapError(decodeRecipients(addresses), (error) => new Config.ConfigError(error))
      )
    ),
    expected: "the recipients, separated by commas",
    example: "owner@example.com,team@example.com"
  },
  REPORT_UNSUBSCRIBE_URL: {
    config: Config.option(Config.schema(UnsubscribeUrl, "REPORT_UNSUBSCRIBE_URL")),
    expected: "an https address that takes one-click unsubscriptions by POST, or nothing",
    example: "https://example.com/unsubscribe?list=weekly-report"
  },
  REPORT_TIME_ZONE: {
    config: Config.schema(Schema.TimeZoneNamedFromString, "REPORT_TIME_ZONE"),
    expected: "the IANA time zone whose weeks are reported",
    example: "Europe/London"
  },
  REPORT_QUESTIONS: {
    config: Config.Literals(["shown", "hidden"], "REPORT_QUESTIONS").pipe(
      Config.withDefault("shown")
    ),
    expected: "shown, or hidden for an e-mail without the text of any question",
    example: "shown"
  },
  REPORT_QUIET_WEEK: {
    config: Config.Literals(["send", "skip"], "REPORT_QUIET_WEEK").pipe(Config.withDefault("send")),
    expected: "send or skip: what becomes of a week without questions",
    example: "send"
  },
  MODEL_PRICES: {
    config: Config.schema(Schema.fromJsonString(Schema.Array(ModelPrice)), "MODEL_PRICES").pipe(
      Config.withDefault([])
    ),
    expected: "a JSON list of prices in US dollars per million tokens, or nothing",
    example:
      '[{"model":"my-model","from":"2026-01-01","input":0.2,"cachedInput":0.02,"output":0.8}]'
  },
  QUEUE_ARN: {
    config: Config.option(Config.schema(QueueArn, "QUEUE_ARN")),
    expected: "the ARN of the events' queue, or nothing",
    example: "arn:aws:sqs:eu-west-1:123456789012:cv-analytics.fifo"
  },
  DEAD_LETTERS_URL: {
    config: Config.option(Config.URL("DEAD_LETTERS_URL")),
    expected: "the URL of the dead-letter queue, or nothing",
    example: "https://sqs.eu-west-1.amazonaws.com/123456789012/cv-analytics-dead-letters.fifo"
  }
}

const logger = JsonLogger.layer("Info")

// read while the function starts: a failure then ends this instance, with one line that says why
const env = await Effect.runPromise(
  Settings.read(settings).pipe(
    Effect.tapError((error) => Effect.logFatal(error.message)),
    Effect.provide(logger)
  )
)

const region = env.AWS_REGION
const table = { tableName: env.TABLE_NAME }

const dynamoDb = DynamoDb.layer({
  region,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true }
})
const ses = MailerSes.Ses.layer({
  region,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 10_000, throwOnRequestTimeout: true }
})

const runtime = ManagedRuntime.make(
  Layer.mergeAll(
    InteractionStoreDynamoDb.layer(table).pipe(Layer.provide(dynamoDb)),
    ReportLedgerDynamoDb.layer(table).pipe(Layer.provide(dynamoDb)),
    StorageGaugeDynamoDb.layer(table).pipe(Layer.provide(dynamoDb)),
    MailerSes.layer.pipe(Layer.provide(ses)),
    DeadLetterGaugeSqs.layer({
      queueUrl: Option.getOrUndefined(env.DEAD_LETTERS_URL)?.href,
      client: { region, maxAttempts: 2 }
    }),
    PipelineMeterCloudWatch.layer({
      queueName: Option.getOrUndefined(env.QUEUE_ARN)?.split(":").at(-1),
      client: { region, maxAttempts: 2, requestHandler: { requestTimeout: 3000 } }
    }),
    logger
  )
)

const decodeEvent = Schema.decodeUnknownEffect(ReportEvent)

/** Added to what is left of the function's time, so that no claim ends before its holder does. */
const leaseReserveSeconds = 5

interface Context {
  readonly getRemainingTimeInMillis: () => number
}

const options: Options = {
  siteName: env.SITE_NAME,
  from: env.REPORT_FROM,
  to: env.REPORT_TO,
  zone: env.REPORT_TIME_ZONE,
  prices: pricesOf(env.MODEL_PRICES),
  questions: env.REPORT_QUESTIONS,
  quietWeek: env.REPORT_QUIET_WEEK,
  ...Option.match(env.REPORT_UNSUBSCRIBE_URL, {
    onNone: () => ({}),
    onSome: (unsubscribeUrl) => ({ unsubscribeUrl })
  }),
  version
}

export const handler = (event: unknown, context: Context) =>
  runtime.runPromise(
    Effect.gen(function* () {
      const request = yield* decodeEvent(event)
      if ("resend" in request) return yield* resend(request.weekId, options)
      const leaseSeconds =
        Math.ceil(context.getRemainingTimeInMillis() / 1000) + leaseReserveSeconds
      const owner = crypto.randomUUID()
      return yield* run({ weekId: request.weekId, owner, leaseSeconds }, options)
    }).pipe(countingFailures)
  )
