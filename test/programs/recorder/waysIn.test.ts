/** One set of rules for three ways in: our chatbot, a wrapped Worker, and `record`. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import chatbot from "../../../src/programs/edge/main.ts"
import { record, type ToldExchange, withAnalytics } from "../../../src/programs/recorder/main.ts"
import { decodeMessage, type InteractionEvent } from "../../../src/schema/AnalyticsEvent.ts"
import * as ChatbotDouble from "../../layers/ChatbotDouble.ts"
import * as SqsDouble from "../../layers/SqsDouble.ts"

const text = "PostgreSQL and DynamoDB."
const completion = JSON.stringify({
  model: "m-7",
  choices: [{ message: { role: "assistant", content: text } }],
  usage: { prompt_tokens: 12, completion_tokens: 3 }
})
const told = { answer: text, model: "m-7", tokens: { input: 12, output: 3 } }

interface Case {
  /** What the model behind the chatbots says. */
  readonly say: ChatbotDouble.Saying
  readonly told: Omit<ToldExchange, "question">
  readonly question?: string
  readonly session?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly variables?: Readonly<Record<string, string>>
}

/** The events of one visit, however it came, without what no two visits share. */
const eventsIn = (batches: ReadonlyArray<SqsDouble.SentBatch>) =>
  batches.map(({ Entries }) =>
    Entries.map(({ MessageBody }) => {
      const event = Result.getOrThrow(decodeMessage(MessageBody)) as InteractionEvent
      const { requestId, sessionId, timestamp: _, ...rest } = event
      const session = (sessionId as string) === requestId ? "its own" : sessionId
      if (rest.eventType === "query") return { ...rest, session }
      const { processingTimeMs: _time, queryTimestamp: _asked, ...response } = rest
      return { ...response, session }
    })
  )

/** The same exchange through each of the three ways. */
const through = Effect.fnUntraced(function* ({ say, variables = {}, ...one }: Case) {
  const { headers = {}, question = "Which databases does she know?", session } = one
  const model = yield* ChatbotDouble.serve(say)
  const queues = yield* Effect.forEach([1, 2, 3], () => SqsDouble.serve(SqsDouble.accept))
  const envs = queues.map(({ queueUrl }) => ({
    CV_ANALYTICS_QUEUE_URL: queueUrl,
    CV_ANALYTICS_REGION: "eu-west-1",
    CV_ANALYTICS_ACCESS_KEY_ID: "key",
    CV_ANALYTICS_SECRET_ACCESS_KEY: "secret-4711",
    UPSTREAM_URL: new URL("/v1/chat/completions", model.url).href,
    ...variables
  }))
  const [one_, other, third] = envs as [(typeof envs)[0], (typeof envs)[0], (typeof envs)[0]]
  const works: Array<Promise<unknown>> = []
  const platform = { waitUntil: (work: Promise<unknown>) => void works.push(work) }
  const body = JSON.stringify({
    query: question,
    ...(session === undefined ? {} : { sessionId: session })
  })
  const request = () =>
    new Request("https://cv.example.com/query", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body
    })
  const wrapped = withAnalytics({
    fetch: async (asked: Request) =>
      fetch(one_.UPSTREAM_URL, { method: "POST", body: await asked.text() })
  })
  yield* Effect.promise(async () => {
    for (const response of [
      await chatbot.fetch(request(), one_, platform),
      await wrapped.fetch(request(), other, platform)
    ]) {
      await response.text()
    }
    const exchange = session === undefined ? one.told : { ...one.told, session }
    void record(third, platform, { ...exchange, question, request: request() })
    await Promise.all(works)
  })
  const [ours, theirs, said] = queues.map(({ batches }) => eventsIn(batches))
  return { ours, theirs, said }
})

const cases: Readonly<Record<string, Case>> = {
  "an answer, with its model and its tokens": { say: ChatbotDouble.saying(completion), told },
  "an answer that admits ignorance": {
    say: ChatbotDouble.saying(completion.replace(text, "I don't know.")),
    told: { ...told, answer: "I don't know." }
  },
  "a session of the site": { say: ChatbotDouble.saying(completion), told, session: "visit-7" },
  "a session that names someone": {
    say: ChatbotDouble.saying(completion),
    told,
    session: "anna.svensson"
  },
  "a visitor without a session": {
    say: ChatbotDouble.saying(completion),
    told,
    headers: { "cf-connecting-ip": "203.0.113.7", "user-agent": "Browser/2" }
  },
  "what the request tells of its visitor": {
    say: ChatbotDouble.saying(completion),
    told,
    headers: { referer: "https://x.example/", "accept-language": "sv", "x-request-id": "label-7" }
  },
  "the owner's own visit": {
    say: ChatbotDouble.saying(completion),
    told,
    headers: { "x-own-visit": "long-random-word" },
    variables: { CV_ANALYTICS_OWN_VISIT_TOKEN: "long-random-word" }
  },
  "values that no event may hold": {
    say: ChatbotDouble.saying(completion),
    told,
    question: "Is anna@example.org her address?"
  },
  "texts that the owner withholds": {
    say: ChatbotDouble.saying(completion),
    told,
    variables: { CV_ANALYTICS_PRIVACY_MODE: "metrics-only" }
  },
  "a visitor who asks for privacy": {
    say: ChatbotDouble.saying(completion),
    told,
    headers: { "sec-gpc": "1" }
  },
  "a chatbot that fails": {
    say: ChatbotDouble.saying("{}", 500),
    told: { outcome: "failed" }
  }
}

describe("Our chatbot, a wrapped Worker and `record` send the same events of", () => {
  for (const [name, one] of Object.entries(cases)) {
    it.live(name, () =>
      Effect.gen(function* () {
        const { ours, said, theirs } = yield* through(one)
        assert.lengthOf(ours ?? [], 1)
        assert.lengthOf(ours?.[0] ?? [], 2)
        assert.deepStrictEqual(theirs, ours)
        assert.deepStrictEqual(said, ours)
      })
    )
  }

  it.live("a visitor who must not be recorded: none", () =>
    Effect.gen(function* () {
      const { ours, said, theirs } = yield* through({
        say: ChatbotDouble.saying(completion),
        told,
        headers: { dnt: "1" },
        variables: { CV_ANALYTICS_VISITOR_SIGNALS: "skip" }
      })
      assert.deepStrictEqual([ours, theirs, said], [[], [], []])
    })
  )
})
