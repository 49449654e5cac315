/** Where people are beside their e-mail, and how each place is reached. */
import * as Schema from "effect/Schema"

export const ChannelName = Schema.Literals(["slack", "discord", "webhook"])
export type ChannelName = typeof ChannelName.Type

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"])

/** Whoever knows the address may post, so it travels encrypted, except inside of this machine. */
const isPrivate = (text: string): boolean => {
  const url = URL.parse(text)
  if (url === null || url.username !== "" || url.password !== "") return false
  return url.protocol === "https:" || (url.protocol === "http:" && loopback.has(url.hostname))
}

/** The address itself is the secret of Slack and Discord. */
export const ChannelUrl = Schema.String.check(
  Schema.makeFilter((text) => isPrivate(text) || "an https address without a name or password")
)

const keyBytes = { min: 24, max: 64 } as const
const base64 = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/

const bytesIn = (secret: string): number => {
  const [, key = ""] = base64.exec(secret) ?? []
  return (key.replaceAll("=", "").length * 6) >> 3
}

/** The form that Standard Webhooks gives a secret for signatures. */
export const WebhookSecret = Schema.String.check(
  Schema.makeFilter((secret) => {
    const bytes = bytesIn(secret)
    return (
      (bytes >= keyBytes.min && bytes <= keyBytes.max) ||
      `whsec_ and the base64 of ${keyBytes.min} to ${keyBytes.max} random bytes`
    )
  })
)
