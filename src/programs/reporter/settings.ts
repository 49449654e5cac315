import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { besides } from "../../runtime/besides.ts"
import type { Values } from "../../runtime/Settings.ts"
import { version } from "../../runtime/version.ts"
import {
  EmailAddress,
  Recipients,
  recipientsMax,
  UnsubscribeUrl
} from "../../schema/EmailMessage.ts"
import { pricesOf } from "../../schema/report/KnownPrices.ts"
import { ModelPrices } from "../../schema/report/ModelPrice.ts"
import { channelSettings } from "./channelSettings.ts"
import { ReportLanguage, reportLanguageDefault } from "./ReportLanguage.ts"
import { ReportQuestions } from "./ReportQuestions.ts"

export const reportQuestionsDefault: ReportQuestions = "shown"

/** A week without questions has an e-mail, or none. */
export const ReportQuietWeek = Schema.Literals(["send", "skip"])
export type ReportQuietWeek = typeof ReportQuietWeek.Type
export const reportQuietWeekDefault: ReportQuietWeek = "send"

/** A day without any cost needs no budget. */
export const dailyBudgetUsd = Schema.isGreaterThan(0, { expected: "more than 0 US dollars" })
const DailyBudget = Schema.FiniteFromString.check(dailyBudgetUsd)

/** The last part of the ARN is the queue's name, under which CloudWatch keeps its metrics. */
const QueueArn = Schema.String.check(
  Schema.isPattern(/^arn:[a-z-]+:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,75}\.fifo$/, {
    expected: "the ARN of a FIFO queue"
  })
)

/** The id becomes a part of an address, so it must not hold another part. */
export const WorkersAiAccount = Schema.String.check(
  Schema.isPattern(/^[0-9a-f]{32}$/, { expected: "the 32 hexadecimal digits of an account" })
)

const decodeRecipients = Schema.decodeUnknownEffect(Recipients)

/** The function's environment variables, and how each is read. */
export const settings = {
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
    expected: "the name of the site in the e-mail",
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
    expected: `one to ${recipientsMax} e-mail addresses, separated by commas`,
    example: "owner@example.com,team@example.com"
  },
  REPORT_UNSUBSCRIBE_URL: {
    config: Config.option(Config.schema(UnsubscribeUrl, "REPORT_UNSUBSCRIBE_URL")),
    expected: "an https address for one-click unsubscription by POST; empty for none",
    example: "https://example.com/unsubscribe?list=weekly-report"
  },
  REPORT_TIME_ZONE: {
    config: Config.schema(Schema.TimeZoneNamedFromString, "REPORT_TIME_ZONE"),
    expected: "the IANA time zone of the reported weeks",
    example: "Europe/London"
  },
  REPORT_LANGUAGE: {
    config: Config.schema(ReportLanguage, "REPORT_LANGUAGE").pipe(
      Config.withDefault(reportLanguageDefault)
    ),
    expected: `the language of the e-mail: ${ReportLanguage.literals.join(", ")}`,
    example: "de"
  },
  REPORT_QUESTIONS: {
    config: Config.schema(ReportQuestions, "REPORT_QUESTIONS").pipe(
      Config.withDefault(reportQuestionsDefault)
    ),
    expected: "shown, or hidden to leave the text of questions out of the e-mail",
    example: "shown"
  },
  REPORT_QUIET_WEEK: {
    config: Config.schema(ReportQuietWeek, "REPORT_QUIET_WEEK").pipe(
      Config.withDefault(reportQuietWeekDefault)
    ),
    expected: "send, or skip to send no e-mail for a week without questions",
    example: "send"
  },
  WORKERS_AI_ACCOUNT: {
    config: besides("WORKERS_AI_TOKEN", Config.schema(WorkersAiAccount, "WORKERS_AI_ACCOUNT")),
    expected: "the id of a Cloudflare account beside WORKERS_AI_TOKEN; both empty for neither",
    example: "0123456789abcdef0123456789abcdef"
  },
  WORKERS_AI_TOKEN: {
    config: besides("WORKERS_AI_ACCOUNT", Config.Redacted("WORKERS_AI_TOKEN")),
    expected: "a token that may run Workers AI beside WORKERS_AI_ACCOUNT; both empty for neither",
    example: "the text that Cloudflare showed once"
  },
  ...channelSettings,
  WATCH_DAILY_BUDGET_USD: {
    config: Config.option(Config.schema(DailyBudget, "WATCH_DAILY_BUDGET_USD")),
    expected: "the US dollars that the answers of a day may cost; empty for no budget",
    example: "2.50"
  },
  MODEL_PRICES: {
    config: Config.schema(Schema.fromJsonString(ModelPrices), "MODEL_PRICES").pipe(
      Config.withDefault([])
    ),
    expected: "a JSON list of prices in US dollars per million tokens; empty for none",
    example:
      '[{"model":"my-model","from":"2026-01-01","input":0.2,"cachedInput":0.02,"output":0.8}]'
  },
  QUEUE_ARN: {
    config: Config.option(Config.schema(QueueArn, "QUEUE_ARN")),
    expected: "the ARN of the event queue; empty if unknown",
    example: "arn:aws:sqs:eu-west-1:123456789012:cv-analytics.fifo"
  },
  DEAD_LETTERS_URL: {
    config: Config.option(Config.URL("DEAD_LETTERS_URL")),
    expected: "the URL of the dead-letter queue; empty if unknown",
    example: "https://sqs.eu-west-1.amazonaws.com/123456789012/cv-analytics-dead-letters.fifo"
  }
}

/** Turns the variables into the program's options. */
export const optionsOf = (env: Values<typeof settings>) => ({
  siteName: env.SITE_NAME,
  from: env.REPORT_FROM,
  to: env.REPORT_TO,
  zone: env.REPORT_TIME_ZONE,
  language: env.REPORT_LANGUAGE,
  prices: pricesOf(env.MODEL_PRICES),
  questions: env.REPORT_QUESTIONS,
  quietWeek: env.REPORT_QUIET_WEEK,
  channelQuestions: env.CHANNEL_QUESTIONS,
  ...Option.match(env.REPORT_UNSUBSCRIBE_URL, {
    onNone: () => ({}),
    onSome: (unsubscribeUrl) => ({ unsubscribeUrl })
  }),
  ...Option.match(env.WATCH_DAILY_BUDGET_USD, {
    onNone: () => ({}),
    onSome: (dailyBudgetUsd) => ({ dailyBudgetUsd })
  }),
  version
})
