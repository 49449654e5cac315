import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"
import { RequestId } from "../../src/schema/AnalyticsEvent.ts"
import { corpus } from "./corpus.ts"

/** The Worker did not answer, or its answer breaks its contract. */
export class NotAnswered extends Data.TaggedError("NotAnswered")<{ readonly detail: string }> {
  override get message() {
    return `a live question was not answered: ${this.detail}`
  }
}

/** The CV answers none of them, and no visitor of the history asks them. */
const liveQuestions: ReadonlyArray<string> = [
  "Which planets did she visit?",
  "Does she believe in ghosts?",
  "Can she juggle seven oranges?"
]

/** A question asked so often is among the ten most missed of a week. */
const seenFrom = 8

/** A browser's: a program's would count as a bot, which the report leaves out. */
const userAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36"

const Reply = Schema.Struct({ requestId: RequestId, answer: Schema.NonEmptyString })
const decodeReply = Schema.decodeUnknownEffect(Reply)

const post = (workerUrl: string, question: string, sessionId: string) =>
  Effect.tryPromise({
    try: async (signal) => {
      const response = await fetch(`${workerUrl}/query`, {
        method: "POST",
        headers: { "content-type": "application/json", "user-agent": userAgent },
        body: JSON.stringify({ query: question, sessionId }),
        signal
      })
      if (!response.ok) throw new Error(`HTTP ${response.status}`)
      return response.json()
    },
    catch: (cause) => new NotAnswered({ detail: String(cause) })
  }).pipe(
    Effect.flatMap(decodeReply),
    Effect.catchTag("SchemaError", (error) =>
      Effect.fail(new NotAnswered({ detail: error.message }))
    )
  )

/** Asks a question of the corpus every third time, and those that the CV does not answer else. */
const questionFor = Effect.fnUntraced(function* (n: number) {
  if (n % 3 < 2) return liveQuestions[(n - Math.floor(n / 3)) % liveQuestions.length] ?? ""
  const intent = corpus[yield* Random.nextIntBetween(0, corpus.length - 1)]
  const { questions = [] } = intent ?? {}
  return questions[yield* Random.nextIntBetween(0, questions.length - 1)] ?? "Who is she?"
})

export interface Asked {
  readonly requestIds: ReadonlyArray<string>
  /** The questions that the report of the running week must show. */
  readonly seen: ReadonlyArray<string>
}

export interface Options {
  readonly workerUrl: string
  readonly questions: number
  readonly seed: number
  readonly onAnswered: (answered: number) => Effect.Effect<void>
}

/** Asks over HTTP as a page would, four at a time. */
export const askLive = ({ onAnswered, questions, seed, workerUrl }: Options) =>
  Effect.gen(function* () {
    const asked = yield* Effect.forEach(
      Array.from({ length: questions }, (_, n) => n),
      questionFor
    )
    let answered = 0
    const requestIds = yield* Effect.forEach(
      asked,
      (question, n) =>
        post(workerUrl, question, `live-${Math.floor(n / 4)}`).pipe(
          Effect.tap(() => onAnswered(++answered)),
          Effect.map(({ requestId }) => requestId)
        ),
      { concurrency: 4 }
    )
    const seen = liveQuestions.filter(
      (question) => asked.filter((one) => one === question).length >= seenFrom
    )
    return { requestIds, seen } satisfies Asked
  }).pipe(Random.withSeed(seed))
