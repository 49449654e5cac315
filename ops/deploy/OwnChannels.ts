/** `channels` in deploy.json: where people are told beside their e-mail. */
import * as Schema from "effect/Schema"
import { channelQuestionsDefault } from "../../src/programs/reporter/channelSettings.ts"
import { ReportQuestions } from "../../src/programs/reporter/ReportQuestions.ts"
import { ChannelUrl, WebhookSecret } from "../../src/schema/Channel.ts"

export const SignedWebhook = Schema.Struct({ url: ChannelUrl, secret: WebhookSecret })

export const OwnChannels = Schema.Struct({
  slack: Schema.optionalKey(ChannelUrl),
  discord: Schema.optionalKey(ChannelUrl),
  webhook: Schema.optionalKey(SignedWebhook),
  questions: Schema.optionalKey(ReportQuestions)
})

/** The template's parameters. */
export const channelParameters = ({
  discord = "",
  questions = channelQuestionsDefault,
  slack = "",
  webhook
}: typeof OwnChannels.Type = {}) => ({
  SlackUrl: slack,
  DiscordUrl: discord,
  WebhookUrl: webhook?.url ?? "",
  WebhookSecret: webhook?.secret ?? "",
  ChannelQuestions: questions
})
