/**
 * A week of any number of interactions, the same in every run, in pages as the store reads them.
 * A usual week asks the demo's questions with frequencies of one over their rank; one question in
 * twenty is new, so that distinct questions grow with the week. A flood asks nothing twice: its
 * questions are random, and as long as can be.
 */
import { corpus } from "../../local/demo/corpus.ts"
import { type InteractionSummary, questionLengthMax } from "../../src/schema/InteractionSummary.ts"
import { manyQuestions } from "../grouping/manyQuestions.ts"
import { sequence } from "../sequence.ts"

/** A page of DynamoDB, which is a megabyte, holds about so many. */
export const pageLength = 2000

export const wordings = ["usual", "han", "letters"] as const
export type Wording = (typeof wordings)[number]

const weekMs = 604_800_000
const ownWordsEvery = 20
const interactionsPerSession = 3

const countries = ["GB", "DE", "US", "NL", "FR", "IE", "IN", "PL"]
const languages = ["en", "de", "nl", "fr", "es"]
const devices = ["desktop", "mobile", "tablet"]
const referrers = ["www.linkedin.com", "github.com", "www.google.com", "news.ycombinator.com"]

const uuid = (kind: number, n: number): string =>
  `${kind.toString(16).padStart(8, "0")}-0000-4000-8000-${n.toString(16).padStart(12, "0")}`

/** Picks an index with a frequency of one over its rank. */
const zipf = (length: number) => {
  const sums = new Float64Array(length)
  let sum = 0
  for (let rank = 0; rank < length; rank++) sums[rank] = sum += 1 / (rank + 1)
  return (n: number): number => {
    let [low, high] = [0, length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < n * sum) low = middle + 1
      else high = middle
    }
    return low
  }
}

const responseOf = (next: () => number, words: number) => {
  const matchScore = next()
  const matchType = matchScore > 0.5 ? "full" : matchScore > 0.25 ? "partial" : "none"
  return {
    matchType,
    matchScore,
    processingTimeMs: Math.round(200 + 300 * -Math.log(1 - next())),
    outcome: next() < 0.02 ? "failed" : "answered",
    model: "example-model-small",
    answeredIn: "en",
    tokens: { input: 350 + words, output: 40 + Math.floor(next() * 400) }
  }
}

/** Makes fresh strings, as a client does of received bytes, so that pages share no memory. */
const received = (page: ReadonlyArray<unknown>): ReadonlyArray<InteractionSummary> =>
  JSON.parse(JSON.stringify(page))

const hanFirst = 0x4e00
const hanLength = 20_992
const spaceEvery = 7

const randomText = (next: () => number, wording: Wording): string =>
  Array.from({ length: questionLengthMax }, () => {
    if (wording === "han") return String.fromCharCode(hanFirst + Math.floor(next() * hanLength))
    return next() < 1 / spaceEvery ? " " : String.fromCharCode(97 + Math.floor(next() * 26))
  }).join("")

/** Returns the question at each place of the week. */
const questionsOf = (interactions: number, wording: Wording, next: () => number) => {
  if (wording !== "usual") return () => randomText(next, wording)
  const known = corpus.flatMap((intent) => intent.questions)
  const ownWords = manyQuestions(known, Math.ceil(interactions / ownWordsEvery))
  const knownAt = zipf(known.length)
  return (place: number) =>
    place % ownWordsEvery === 0 ? ownWords[place / ownWordsEvery] : known[knownAt(next())]
}

export function* pagesOf(
  interactions: number,
  startMs: number,
  wording: Wording = "usual"
): Generator<ReadonlyArray<InteractionSummary>> {
  const next = sequence(47)
  const questionAt = questionsOf(interactions, wording, next)
  const any = (values: ReadonlyArray<string>) => values[Math.floor(next() ** 2 * values.length)]
  const agent = () => (next() < 0.02 ? "bot" : "person")
  for (let n = 0; n < interactions; n += pageLength) {
    const length = Math.min(pageLength, interactions - n)
    const page = Array.from({ length }, (_, at) => {
      const place = n + at
      const question = questionAt(place)
      const whole = next() >= 0.012
      return {
        requestId: uuid(1, place),
        timestamp: startMs + Math.floor((place / interactions) * weekMs),
        sessionId: uuid(2, Math.floor(place / interactionsPerSession)),
        status: whole ? "correlated" : "awaiting_response",
        query: {
          question,
          country: any(countries),
          agent: agent(),
          device: any(devices),
          browser: "Chrome",
          askedIn: any(languages),
          referrerHost: any(referrers)
        },
        ...(whole ? { response: responseOf(next, (question ?? "").length >> 2) } : {})
      }
    })
    yield received(page)
  }
}
