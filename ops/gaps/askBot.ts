/** Asks a bot one question over HTTP, and reads and judges its answer as the recorder does. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { readAtMost } from "../../src/runtime/readAtMost.ts"
import { version } from "../../src/runtime/version.ts"
import { AnswerReader } from "../../src/schema/chat/AnswerReader.ts"
import { judgeAnswer } from "../../src/schema/chat/judgeAnswer.ts"
import { readChatMessage } from "../../src/schema/chat/readChatMessage.ts"
import { isUnfinished } from "./draftText.ts"

/** `refused` will not pass by itself; `failed` and `away` may. */
export type Reply =
  | { readonly kind: "answered" | "missed" }
  | { readonly kind: "failed" | "away" | "refused"; readonly detail: string }

export interface Bot {
  readonly url: URL
  readonly body: (question: string) => string
  /** Marks the visit as the owner's own, so that no report counts it. */
  readonly ownVisit: Redacted.Redacted | undefined
  readonly patienceMs: number
}

const bodyBytesMax = 1024 * 1024

/** A bot that asks for patience is asked again so often, after so long at most. */
const waits = { most: 5, defaultMs: 10_000, longestMs: 120_000 }

const headersOf = ({ ownVisit }: Bot) => ({
  "content-type": "application/json",
  accept: "application/json, text/event-stream;q=0.9, */*;q=0.1",
  // counts as a bot where the owner's token is not known
  "user-agent": `cv-analytics-gaps/${version} (bot)`,
  ...(ownVisit === undefined ? {} : { "x-own-visit": Redacted.value(ownVisit) })
})

interface Read {
  readonly status: number
  readonly type: string | null
  readonly retryAfter: string | null
  /** Undefined for a body that is too long. */
  readonly text: string | undefined
}

const exchange = (bot: Bot, question: string): Effect.Effect<Read, string> =>
  Effect.tryPromise({
    try: async (signal) => {
      const response = await fetch(bot.url, {
        method: "POST",
        headers: headersOf(bot),
        body: bot.body(question),
        redirect: "manual",
        signal
      })
      return {
        status: response.status,
        type: response.headers.get("content-type"),
        retryAfter: response.headers.get("retry-after"),
        text: await readAtMost(response.body, bodyBytesMax)
      }
    },
    catch: () => "no connection, or it broke off"
  }).pipe(
    Effect.timeoutOrElse({
      duration: bot.patienceMs,
      orElse: () => Effect.fail(`no answer within ${bot.patienceMs / 1000} s`)
    })
  )

const judged = ({ text, type }: Read): Reply => {
  if (text === undefined) return { kind: "refused", detail: "its answer is too long" }
  const reader = new AnswerReader(type, readChatMessage)
  reader.add(text)
  reader.end()
  if (reader.failed) return { kind: "failed", detail: "it says that it failed" }
  const { matchType } = judgeAnswer(reader.text, reader.known)
  if (matchType === "unknown") return { kind: "refused", detail: "its answer cannot be read" }
  return { kind: matchType === "none" || isUnfinished(reader.text) ? "missed" : "answered" }
}

const replyOf = (read: Read): Reply => {
  const { status } = read
  if (status >= 200 && status < 300) return judged(read)
  const detail = `HTTP ${status}`
  return { kind: status >= 500 || status === 408 ? "failed" : "refused", detail }
}

/** The seconds or the time that `Retry-After` names, within bounds. */
const waitOf = (retryAfter: string | null, now: number): number => {
  if (retryAfter === null) return waits.defaultMs
  const ms = /^\d+$/.test(retryAfter.trim())
    ? 1000 * Number(retryAfter)
    : Date.parse(retryAfter) - now
  return Number.isNaN(ms) ? waits.defaultMs : Math.min(Math.max(ms, 0), waits.longestMs)
}

/** Never fails; `onWait` tells that the bot asked for patience. */
export const askBot = Effect.fn("gaps.askBot")(function* (
  bot: Bot,
  question: string,
  onWait: (ms: number) => Effect.Effect<void>
) {
  for (let wait = 0; ; wait++) {
    const read = yield* Effect.result(exchange(bot, question))
    if (read._tag === "Failure") return { kind: "away", detail: read.failure } satisfies Reply
    if (read.success.status !== 429) return replyOf(read.success)
    if (wait === waits.most) {
      return { kind: "refused", detail: "it takes no more questions (HTTP 429)" } satisfies Reply
    }
    const ms = waitOf(read.success.retryAfter, yield* Clock.currentTimeMillis)
    yield* onWait(ms)
    yield* Effect.sleep(ms)
  }
})
