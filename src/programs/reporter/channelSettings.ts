/** The variables that name the channels beside the e-mail. */
import * as Config from "effect/Config"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type * as Schema from "effect/Schema"
import { besides } from "../../runtime/besides.ts"
import type { Values } from "../../runtime/Settings.ts"
import { ChannelUrl, WebhookSecret } from "../../schema/Channel.ts"
import { ReportQuestions } from "./ReportQuestions.ts"

/** A channel may have readers whom the owner of the bot does not know. */
export const channelQuestionsDefault: ReportQuestions = "hidden"

const secret = (schema: Schema.Codec<string, string>, name: string) =>
  Config.map(Config.schema(schema, name), (text) => Redacted.make(text))

export const channelSettings = {
  SLACK_URL: {
    config: Config.option(secret(ChannelUrl, "SLACK_URL")),
    expected: "the https address of an incoming webhook of Slack; empty for none",
    example: "https://hooks.slack.com/services/T…/B…/…"
  },
  DISCORD_URL: {
    config: Config.option(secret(ChannelUrl, "DISCORD_URL")),
    expected: "the https address of a webhook of Discord; empty for none",
    example: "https://discord.com/api/webhooks/…/…"
  },
  WEBHOOK_URL: {
    config: besides("WEBHOOK_SECRET", secret(ChannelUrl, "WEBHOOK_URL")),
    expected: "an https address beside WEBHOOK_SECRET; both empty for neither",
    example: "https://example.com/hooks/chatbot"
  },
  WEBHOOK_SECRET: {
    config: besides("WEBHOOK_URL", secret(WebhookSecret, "WEBHOOK_SECRET")),
    expected: "whsec_ and the base64 of 24 to 64 random bytes beside WEBHOOK_URL",
    example: "whsec_YW4gZXhhbXBsZSwgbm90IGEgc2VjcmV0"
  },
  CHANNEL_QUESTIONS: {
    config: Config.schema(ReportQuestions, "CHANNEL_QUESTIONS").pipe(
      Config.withDefault(channelQuestionsDefault)
    ),
    expected: "hidden, or shown to quote questions in the channels too",
    example: "hidden"
  }
}

/** The addresses of the channels that are set. */
export const addressesOf = (env: Values<Omit<typeof channelSettings, "CHANNEL_QUESTIONS">>) => {
  const webhook = Option.all({ url: env.WEBHOOK_URL, secret: env.WEBHOOK_SECRET })
  return {
    ...(Option.isSome(env.SLACK_URL) && { slack: env.SLACK_URL.value }),
    ...(Option.isSome(env.DISCORD_URL) && { discord: env.DISCORD_URL.value }),
    ...(Option.isSome(webhook) && { webhook: webhook.value })
  }
}
