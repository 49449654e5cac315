/** The reporter's Lambda: settings, layers, and the only place where its Effects are run. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Schema from "effect/Schema"
import { DynamoDb } from "../../layers/DynamoDb.ts"
import * as InteractionStoreDynamoDb from "../../layers/InteractionStoreDynamoDb.ts"
import * as JsonLogger from "../../layers/JsonLogger.ts"
import * as MailerSes from "../../layers/MailerSes.ts"
import * as ReportLedgerDynamoDb from "../../layers/ReportLedgerDynamoDb.ts"
import * as Settings from "../../layers/Settings.ts"
import { EmailAddress } from "../../schema/EmailMessage.ts"
import { WeekId } from "../../schema/IsoWeek.ts"
import { run } from "./program.ts"

/** The schedule sends nothing that is read here; an operator may name a week. */
const ReportEvent = Schema.Struct({ weekId: Schema.optionalKey(WeekId) })

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
  REPORT_TIME_ZONE: {
    config: Config.schema(Schema.TimeZoneNamedFromString, "REPORT_TIME_ZONE"),
    expected: "the IANA time zone whose weeks are reported",
    example: "Europe/London"
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
  requestHandler: { connectionTimeout: 1000, requestTimeout: 5000 }
})
const ses = MailerSes.Ses.layer({
  region,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 10_000 }
})

const runtime = ManagedRuntime.make(
  Layer.mergeAll(
    InteractionStoreDynamoDb.layer(table).pipe(Layer.provide(dynamoDb)),
    ReportLedgerDynamoDb.layer(table).pipe(Layer.provide(dynamoDb)),
    MailerSes.layer.pipe(Layer.provide(ses)),
    logger
  )
)

const decodeEvent = Schema.decodeUnknownEffect(ReportEvent)

/** Added to what is left of the function's time, so that no claim ends before its holder does. */
const leaseReserveSeconds = 5

interface Context {
  readonly getRemainingTimeInMillis: () => number
}

export const handler = (event: unknown, context: Context) =>
  runtime.runPromise(
    Effect.gen(function* () {
      const { weekId } = yield* decodeEvent(event)
      return yield* run(
        {
          weekId,
          owner: crypto.randomUUID(),
          leaseSeconds: Math.ceil(context.getRemainingTimeInMillis() / 1000) + leaseReserveSeconds
        },
        {
          siteName: env.SITE_NAME,
          from: env.REPORT_FROM,
          to: env.REPORT_TO,
          zone: env.REPORT_TIME_ZONE
        }
      )
    })
  )
