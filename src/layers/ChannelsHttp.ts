/** Slack, Discord and a signed webhook: each takes one POST of JSON. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { Webhook } from "standardwebhooks"
import type { ChannelName } from "../schema/Channel.ts"
import type { Notice } from "../schema/Notice.ts"
import { type Channel, Channels } from "../services/Channels.ts"
import { discordMessage } from "./channels/DiscordMessage.ts"
import { type Patience, post, usualPatience } from "./channels/post.ts"
import { slackMessage } from "./channels/SlackMessage.ts"

/** The channels that there are; each address is a secret. */
export interface Addresses {
  readonly slack?: Redacted.Redacted
  readonly discord?: Redacted.Redacted
  readonly webhook?: { readonly url: Redacted.Redacted; readonly secret: Redacted.Redacted }
}

const webhookMessage = ({ timestamp, type, ...data }: Notice) => ({
  type,
  timestamp: new Date(timestamp).toISOString(),
  data
})

const messages = { slack: slackMessage, discord: discordMessage, webhook: webhookMessage }

/** What a channel gets: the same notice gives the same bytes. */
export const messageOf = (channel: ChannelName, notice: Notice): object => messages[channel](notice)

/** Discord otherwise answers before it has looked at the message. */
const waiting = (url: Redacted.Redacted): Redacted.Redacted => {
  const address = new URL(Redacted.value(url))
  address.searchParams.set("wait", "true")
  return Redacted.make(address.href)
}

/** The header that a receiver checks, as Standard Webhooks 1.0 defines it. */
const signed = (id: string, nowMs: number, body: string, secret: Redacted.Redacted) => {
  const now = new Date(nowMs)
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(nowMs / 1000)),
    "webhook-signature": new Webhook(Redacted.value(secret)).sign(id, now, body)
  }
}

export const layer = (
  { discord, slack, webhook }: Addresses,
  patience: Patience = usualPatience
): Layer.Layer<Channels> => {
  const channel = (
    name: ChannelName,
    url: Redacted.Redacted,
    secret?: Redacted.Redacted
  ): Channel => ({
    name,
    post: Effect.fn("Channels.post")(function* (notice) {
      const body = JSON.stringify(messageOf(name, notice))
      const now = yield* Clock.currentTimeMillis
      const headers = secret === undefined ? {} : signed(notice.id, now, body, secret)
      const dropsRepeats = secret !== undefined
      yield* post({ channel: name, url, headers, body, dropsRepeats }, patience)
    })
  })
  return Layer.succeed(Channels, [
    ...(slack === undefined ? [] : [channel("slack", slack)]),
    ...(discord === undefined ? [] : [channel("discord", waiting(discord))]),
    ...(webhook === undefined ? [] : [channel("webhook", webhook.url, webhook.secret)])
  ])
}
