import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { RequestId, SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { corpus, type Intent } from "./corpus.ts"

/** One question of a visitor, who often asks several. */
export interface Visit {
  readonly requestId: RequestId
  readonly sessionId: SessionId
  readonly timestamp: number
  /** Which question of the session this is, from 1. */
  readonly turn: number
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

/** A UUID that the seed decides. */
const requestId = Effect.gen(function* () {
  let hex = ""
  while (hex.length < 32) hex += (yield* Random.nextIntBetween(0, 15)).toString(16)
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`]
  const variant = "89ab"[yield* Random.nextIntBetween(0, 3)] ?? "8"
  return RequestId.make([...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20)].join("-"))
})

/** Running totals of the popularities: a draw is one number and one look-up. */
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

/** Leaves a question as it is, or types it as a hurried visitor would. */
const retyped = Effect.fnUntraced(function* (question: string) {
  const mood = yield* Random.nextIntBetween(0, 9)
  if (mood === 0) return question.toLowerCase()
  if (mood > 2) return question
  const bare = question.replace(/[?!.]+$/, "")
  return mood === 1 ? `${bare}?` : bare
})

/** Visitors who get no answer often ask again. */
const asksAgainShare = 0.4

const nextIntent = Effect.fnUntraced(function* (before: Intent | undefined) {
  const isAgain = before?.answerable === false && (yield* Random.next) < asksAgainShare
  return isAgain ? before : intentAt(yield* Random.next)
})

const questionOf = Effect.fnUntraced(function* (intent: Intent | undefined) {
  const { questions = [] } = intent ?? {}
  const nth = yield* Random.nextIntBetween(0, Math.max(0, questions.length - 1))
  return yield* retyped(questions[nth] ?? "Who are you?")
})

/** Puts three visits in four into working hours (UTC), and spreads the rest over the day. */
const visitTime = Effect.fnUntraced(function* ({ endMs, startMs }: Options) {
  for (;;) {
    const at = yield* Random.nextIntBetween(startMs, endMs - 1)
    const hour = Math.floor(at / 3_600_000) % 24
    if ((hour >= 8 && hour < 18) || (yield* Random.next) < 0.25) return at
  }
})

/** Makes exactly as many visits as asked for, session after session, all before the end. */
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
    let intent: Intent | undefined
    for (let turn = 1; turn <= length && all.length < options.interactions; turn++) {
      intent = yield* nextIntent(intent)
      all.push({
        ...session,
        requestId: yield* requestId,
        timestamp: Math.min(timestamp, options.endMs - 1),
        turn,
        question: yield* questionOf(intent)
      })
      timestamp += yield* Random.nextIntBetween(5000, 90_000)
    }
  }
  return all
})
