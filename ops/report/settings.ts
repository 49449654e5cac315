/** The reporter's settings as flags, which fall back on its environment variables. */
import * as Config from "effect/Config"
import * as CliError from "effect/cli/CliError"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { channelQuestionsDefault } from "../../src/programs/reporter/channelSettings.ts"
import {
  ReportLanguage,
  reportLanguageDefault
} from "../../src/programs/reporter/ReportLanguage.ts"
import { ReportQuestions } from "../../src/programs/reporter/ReportQuestions.ts"
import { reportQuestionsDefault } from "../../src/programs/reporter/settings.ts"
import { ChannelName } from "../../src/schema/Channel.ts"
import {
  EmailAddress,
  Recipients,
  recipientsMax,
  UnsubscribeUrl
} from "../../src/schema/EmailMessage.ts"
import { ModelPrice } from "../../src/schema/report/ModelPrice.ts"

const setting = (flag: string, variable: string, description: string) =>
  Flag.String(flag).pipe(
    Flag.withDescription(`${description} (default: ${variable})`),
    Flag.withFallbackConfig(Config.String(variable))
  )

export const settings = {
  site: setting("site", "SITE_NAME", "name of the site, as the e-mail shows it").pipe(
    Flag.withDefault("cv.example.com")
  ),
  zone: setting("zone", "REPORT_TIME_ZONE", "IANA time zone of the week").pipe(
    Flag.withSchema(Schema.TimeZoneNamedFromString),
    Flag.optional
  ),
  language: Flag.Literals("language", ReportLanguage.literals).pipe(
    Flag.withDescription("language of the e-mail (default: REPORT_LANGUAGE)"),
    Flag.withFallbackConfig(Config.schema(ReportLanguage, "REPORT_LANGUAGE")),
    Flag.withDefault(reportLanguageDefault)
  ),
  questions: Flag.Literals("questions", ReportQuestions.literals).pipe(
    Flag.withDescription("whether the e-mail quotes questions (default: REPORT_QUESTIONS)"),
    Flag.withFallbackConfig(Config.schema(ReportQuestions, "REPORT_QUESTIONS")),
    Flag.withDefault(reportQuestionsDefault)
  ),
  channelQuestions: Flag.Literals("channel-questions", ReportQuestions.literals).pipe(
    Flag.withDescription("whether a channel quotes questions (default: CHANNEL_QUESTIONS)"),
    Flag.withFallbackConfig(Config.schema(ReportQuestions, "CHANNEL_QUESTIONS")),
    Flag.withDefault(channelQuestionsDefault)
  ),
  prices: setting("prices", "MODEL_PRICES", "JSON list of prices per million tokens").pipe(
    Flag.withSchema(Schema.fromJsonString(Schema.Array(ModelPrice))),
    Flag.withDefault([])
  ),
  unsubscribeUrl: setting(
    "unsubscribe-url",
    "REPORT_UNSUBSCRIBE_URL",
    "https address for unsubscribing in one click"
  ).pipe(Flag.withSchema(UnsubscribeUrl), Flag.optional),
  fromAddress: setting("from-address", "REPORT_FROM", "sender, which SES has verified").pipe(
    Flag.withSchema(EmailAddress),
    Flag.optional
  )
}

const decodeRecipients = Schema.decodeUnknownEffect(Recipients)

const recipientsOf = (text: string) =>
  Effect.mapError(
    decodeRecipients(text.split(",").map((address) => address.trim())),
    () =>
      new CliError.InvalidValue({
        option: "to",
        value: text,
        expected:
          "e-mail addresses such as owner@example.com, separated by commas, " +
          `${recipientsMax} at most`,
        kind: "flag"
      })
  )

const isChannel = Schema.is(ChannelName)

/** Has no default, because a test must not reach the report's readers by accident. */
export const testReaders = Flag.String("to").pipe(
  Flag.withDescription(`recipients, separated by commas; or ${ChannelName.literals.join(", ")}`),
  Flag.mapEffect(
    (text): ReturnType<typeof recipientsOf> | Effect.Effect<Recipients | ChannelName> =>
      isChannel(text) ? Effect.succeed(text) : recipientsOf(text)
  )
)

export const recipients = setting("to", "REPORT_TO", "recipients, separated by commas").pipe(
  Flag.mapEffect(recipientsOf),
  Flag.optional
)
