/** One request to a channel: what its answer means, and whether it is worth another try. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import { readAtMost } from "../../runtime/readAtMost.ts"
import type { ChannelName } from "../../schema/Channel.ts"
import { ChannelRejected, ChannelUnavailable } from "../../services/Channels.ts"
import { nameOf } from "../aws/AwsFault.ts"

export interface Patience {
  readonly requestMs: number
  /** The longest pause that a channel may ask for; a later run follows a longer one. */
  readonly pauseMaxMs: number
  /** Limits all tries together, to less than the lease of a claim. */
  readonly channelMs: number
  /** Before the second try; the third waits twice as long. */
  readonly retryMs: number
}

export const usualPatience: Patience = {
  requestMs: 10_000,
  pauseMaxMs: 20_000,
  channelMs: 60_000,
  retryMs: 500
}

export interface Posting {
  readonly channel: ChannelName
  readonly url: Redacted.Redacted
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The receiver drops a repeat, so a try without an answer may be repeated at once. */
  readonly dropsRepeats: boolean
}

const triesMax = 3
const saidBytesMax = 4096

/** Faults before a connection, after which the channel cannot have seen the message. */
const unconnected = new RegExp(
  "^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|" +
    "ERR_TLS_.*|CERT_.*|.*_CERT.*)$"
)

const withoutAnswer =
  (channel: ChannelName) =>
  (cause: unknown): ChannelUnavailable => {
    const name = nameOf(cause instanceof Error && cause.cause !== undefined ? cause.cause : cause)
    return unconnected.test(name)
      ? new ChannelUnavailable({ channel, detail: `no connection: ${name}`, accepted: "no" })
      : new ChannelUnavailable({ channel, detail: `no answer: ${name}`, accepted: "unknown" })
  }

/** Slack answers with a word, and Discord with a number; all else may quote the message. */
const reasonIn = (said: string): string => {
  const [, code = /^[a-z_]{3,60}$/.exec(said.trim())?.[0]] = /"code": ?(\d{1,6})\b/.exec(said) ?? []
  return code === undefined ? "" : ` (${code})`
}

/** Seconds, as Slack and Discord tell them; a date is a longer pause than any run has. */
const pauseOf = (response: Response): number | undefined => {
  const asked = response.headers.get("retry-after")
  if (asked === null) return undefined
  const seconds = Number(asked)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : Number.POSITIVE_INFINITY
}

const refusal = Effect.fnUntraced(function* (channel: ChannelName, response: Response) {
  const { status } = response
  const said = yield* Effect.tryPromise(() => readAtMost(response.body, saidBytesMax)).pipe(
    Effect.orElseSucceed(() => undefined)
  )
  const detail = `HTTP ${status}${reasonIn(said ?? "")}`
  if (status >= 300 && status < 400) {
    return new ChannelRejected({ channel, detail: `${detail}: a redirect is not followed` })
  }
  const waitMs = pauseOf(response)
  const wait = waitMs === undefined ? {} : { waitMs }
  if ([408, 425, 429, 503].includes(status)) {
    return new ChannelUnavailable({ channel, detail, accepted: "no", ...wait })
  }
  return status >= 500
    ? new ChannelUnavailable({ channel, detail, accepted: "unknown", ...wait })
    : new ChannelRejected({ channel, detail })
})

const tryOnce = Effect.fnUntraced(function* ({ body, channel, headers, url }: Posting) {
  const response = yield* Effect.tryPromise({
    try: (signal) =>
      fetch(Redacted.value(url), {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
        redirect: "manual",
        signal
      }),
    catch: withoutAnswer(channel)
  })
  if (!response.ok) return yield* yield* refusal(channel, response)
  // the answer of an accepted message says nothing more
  yield* Effect.promise(async () => response.body?.cancel().catch(() => undefined))
})

const late = ({ channel }: Posting, ms: number) =>
  Effect.fail(
    new ChannelUnavailable({ channel, detail: `no answer in ${ms} ms`, accepted: "unknown" })
  )

/**
 * Tries again what the channel cannot have taken, or would drop as a repeat. The pause that it asks
 * for is kept; a longer one than this run has is left to a later run.
 */
export const post = (
  posting: Posting,
  patience: Patience
): Effect.Effect<void, ChannelUnavailable | ChannelRejected> => {
  const { channelMs, pauseMaxMs, requestMs, retryMs } = patience
  const mayTryAgain = (error: ChannelUnavailable | ChannelRejected): boolean =>
    error._tag === "ChannelUnavailable" &&
    (posting.dropsRepeats || error.accepted === "no") &&
    (error.waitMs ?? 0) <= pauseMaxMs
  return tryOnce(posting).pipe(
    Effect.timeoutOrElse({ duration: requestMs, orElse: () => late(posting, requestMs) }),
    Effect.tapError((error) =>
      mayTryAgain(error) && "waitMs" in error ? Effect.sleep(error.waitMs ?? 0) : Effect.void
    ),
    Effect.retry({
      schedule: Schedule.exponential(retryMs).pipe(
        Schedule.jittered,
        Schedule.upTo({ times: triesMax - 1 })
      ),
      while: mayTryAgain
    }),
    Effect.timeoutOrElse({ duration: channelMs, orElse: () => late(posting, channelMs) })
  )
}
