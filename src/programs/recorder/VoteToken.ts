/** The tokens by which a visitor may vote on an answer; no server keeps them. */
import * as Context from "effect/Context"
import * as Redacted from "effect/Redacted"
import type { RequestId } from "../../schema/AnalyticsEvent.ts"
import type { InteractionKey } from "../../schema/Interaction.ts"
import { bytesOf, hmac, hmacKey, isHmac } from "./Hmac.ts"

export interface VoteTokens {
  readonly sign: (answered: InteractionKey) => Promise<string>
  /** The interaction that the token names; `undefined` when it allows no vote. Never rejects. */
  readonly verify: (token: string, nowMs: number) => Promise<InteractionKey | undefined>
}

/** They exist once the owner has set a secret. */
export const VoteTokens = Context.Reference<VoteTokens | undefined>("edge/VoteTokens", {
  defaultValue: () => undefined
})

/** A visitor may vote, and change the vote, for so long. */
export const voteWithinMs = 86_400_000

/** The clocks of Cloudflare's machines differ by less. */
const aheadMs = 60_000

const version = "v1"

/** The last of 43 characters holds four bits, so that each token has one spelling. */
const form =
  /^(v1\.([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.(\d{1,15}))\.([\w-]{42}[AEIMQUYcgkosw048])$/

/** The same secret may sign other things, which are then no tokens. */
const signed = (claim: string): string => `cv-analytics vote ${claim}`

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace("=", "")

const bytesIn = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0))

/** Requests share the finished key and never a promise, because one cannot wait for another. */
export const makeVoteTokens = (secret: Redacted.Redacted): VoteTokens => {
  let known: CryptoKey | undefined
  const key = async () => {
    known ??= await hmacKey(bytesOf(Redacted.value(secret)))
    return known
  }
  return {
    sign: async ({ requestId, timestamp }) => {
      const claim = `${version}.${requestId}.${timestamp}`
      return `${claim}.${base64Url(await hmac(await key(), signed(claim)))}`
    },
    verify: async (token, nowMs) => {
      const [, claim, requestId, time, mac] = form.exec(token) ?? []
      if (claim === undefined || mac === undefined) return undefined
      const timestamp = Number(time)
      if (timestamp > nowMs + aheadMs || nowMs - timestamp > voteWithinMs) return undefined
      const isOurs = await isHmac(await key(), bytesIn(mac), signed(claim))
      return isOurs ? { requestId: requestId as RequestId, timestamp } : undefined
    }
  }
}
