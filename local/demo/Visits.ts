/**
 * Who asks what and when: sessions of a few questions, mostly in working hours, often the same
 * ones.
 */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { RequestId, SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { corpus, type Intent } from "./corpus.ts"

export interface Visit {
  readonly requestId: RequestId
  readonly sessionId: SessionId
  readonly timestamp: number
  readonly question: string
  readonly country: string
  readonly userAgent: string
  readonly referer: string
}

export interface Options {
  readonly interactions: number
  readonly startMs: number
  readonly endMs: number
}

const countries = ["DE", "DE", "DE", "GB", "GB", "US", "US", "NL", "FR", "PL", "IN", "SE"] as const
const referers = [
  "https://www.example-search.test/",
  "https://jobs.example.test/profile/tm",
  "https://cv.example.com/"
] as const
const userAgents = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/26.0 Safari/605.1",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36",
  "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"
] as const

/** A UUID from the seed's own randomness. */
const requestId = Effect.gen(function* () {
  let hex = ""
  while (hex.length < 32) hex += (yield* Random.nextIntBetween(0, 15)).toString(16)
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`]
  const variant = "89ab"[yield* Random.nextIntBetween(0, 3)] ?? "8"
  return RequestId.make([...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20)].join("-"))
})

/** Running totals of the popularities, so that a draw is one number and one look-up. */
const ladder = (() => {
  let total = 0
  return corpus.map((intent) => {
    total += intent.popularity
    return { below: total, intent }
  })
})()
const popularityTotal = ladder.at(-1)?.below ?? 0

const intentAt = (draw: number): Intent | undefined =>
  ladder.find(({ below }) => draw * popularityTotal < below)?.intent

/** The wording as it is, or as a hurried visitor would type it. */
const retyped = Effect.fnUntraced(function* (wording: string) {
  const mood = yield* Random.nextIntBetween(0, 9)
  if (mood === 0) return wording.toLowerCase()
  if (mood === 1) return `${wording.replace(/[?!.]+$/, "")}?`
  if (mood === 2) return wording.replace(/[?!.]+$/, "")
  return wording
})

const question = Effect.gen(function* () {
  const intent = intentAt(yield* Random.next)
  const wordings = intent?.wordings ?? []
  const wording = wordings[yield* Random.nextIntBetween(0, Math.max(0, wordings.length - 1))]
  return yield* retyped(wording ?? "Who are you?")
})

/** Three visits in four fall into working hours (UTC); the rest are spread over the day. */
const visitTime = Effect.fnUntraced(function* ({ endMs, startMs }: Options) {
  for (;;) {
    const at = yield* Random.nextIntBetween(startMs, endMs - 1)
    const hour = Math.floor(at / 3_600_000) % 24
    if ((hour >= 8 && hour < 18) || (yield* Random.next) < 0.25) return at
  }
})

/** Just as many visits as asked for, sessions one after the other, all before the end. */
export const visits = Effect.fnUntraced(function* (options: Options) {
  const all: Array<Visit> = []
  while (all.length < options.interactions) {
    const sessionId = SessionId.make(`session-${(yield* requestId).slice(0, 13)}`)
    const session = {
      sessionId,
      country: yield* Random.choice(countries),
      referer: yield* Random.choice(referers),
      userAgent: yield* Random.choice(userAgents)
    }
    const length = yield* Random.nextIntBetween(1, 5)
    let timestamp = yield* visitTime(options)
    for (let n = 0; n < length && all.length < options.interactions; n++) {
      all.push({
        ...session,
        requestId: yield* requestId,
        timestamp: Math.min(timestamp, options.endMs - 1),
        question: yield* question
      })
      timestamp += yield* Random.nextIntBetween(5000, 90_000)
    }
  }
  return all
})
