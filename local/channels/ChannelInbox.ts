/** Slack, Discord and a webhook's receiver of this machine: each message is kept as a file. */
import { mkdirSync, writeFileSync } from "node:fs"
import * as Effect from "effect/Effect"
import { ChannelName } from "../../src/schema/Channel.ts"
import * as LoopbackServer from "../LoopbackServer.ts"

export interface ChannelInboxOptions {
  readonly folder: string
  readonly onMessage: (channel: ChannelName, file: string) => Effect.Effect<void>
}

/** It guards nothing, because the messages do not leave this machine. */
const secret = `whsec_${Buffer.alloc(32, "local").toString("base64")}`

const channelIn = (url: string): ChannelName | undefined =>
  ChannelName.literals.find((name) => new URL(url, "http://local").pathname === `/${name}`)

/** Serves until its scope ends, and returns the variables that name it to the reporter. */
export const serve = Effect.fn("ChannelInbox.serve")(function* ({
  folder,
  onMessage
}: ChannelInboxOptions) {
  mkdirSync(folder, { recursive: true })
  let received = 0
  const { endpoint } = yield* LoopbackServer.serve({
    port: 0,
    handle: Effect.fnUntraced(function* ({ body, url }) {
      const channel = channelIn(url)
      if (channel === undefined) return LoopbackServer.plain(404, "no_service")
      received += 1
      const file = `${folder}/${channel}-${Date.now()}-${received}.json`
      writeFileSync(file, body, { mode: 0o600 })
      yield* onMessage(channel, file)
      return LoopbackServer.plain(200, "ok")
    })
  })
  return {
    SLACK_URL: `${endpoint}/slack`,
    DISCORD_URL: `${endpoint}/discord`,
    WEBHOOK_URL: `${endpoint}/webhook`,
    WEBHOOK_SECRET: secret
  }
})
