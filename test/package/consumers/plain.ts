/** A Worker that needs no types of Cloudflare, with every option. */
import "cv-analytics/feedback.js"
import {
  drainOutbox,
  feedback,
  feedbackToken,
  isConfigured,
  type MatchType,
  type Options,
  type OutboxBatch,
  type Platform,
  record,
  requestIdOf,
  type Tokens,
  type ToldAnswer,
  type ToldExchange,
  type ToldQuestion,
  tell,
  type WorkerClass,
  type WorkerObject,
  type Wrapped,
  withAnalytics
} from "cv-analytics"

interface Env {
  readonly BOT_NAME: string
}

const tokens: Tokens = { input: 12, output: 30, cachedInput: 4 }
const matchType: MatchType = "partial"
const question: ToldQuestion = { question: "Where do you live?", session: "a", turn: 2 }
const answer: ToldAnswer = { text: "Here.", matchType, matchScore: 0.5, model: "m", tokens }
const exchange: ToldExchange = { ...question, answer: "Here.", tokens, processingTimeMs: 80 }

const options: Options = {
  at: (request) => new URL(request.url).pathname.startsWith("/chat"),
  question: async (request) => (request.method === "GET" ? question : await request.text()),
  answer: async (response, request) => (request.method === "GET" ? answer : await response.text()),
  session: (request) => request.headers.get("x-visitor") ?? undefined,
  model: (_, response) => response.headers.get("x-model") ?? undefined
}

const inferred: WorkerObject = {
  async fetch(request) {
    return new Response(request.url)
  }
}

const worker = {
  async fetch(request: Request, env: Env, context: Platform): Promise<Response> {
    if (request.url.endsWith("/feedback")) return feedback(request, env, context)
    const token: string | undefined = await feedbackToken(request)
    tell(request, { matchType: "none", outcome: token === undefined ? "failed" : "answered" })
    context.waitUntil(record(env, context, { ...exchange, request }))
    return new Response(`${env.BOT_NAME} ${requestIdOf(request)}`)
  },
  async queue(batch: OutboxBatch, env: Env): Promise<void> {
    if (await isConfigured(env)) await drainOutbox(batch, env)
  }
}

const wrapped: Wrapped<typeof worker> = withAnalytics(worker, options)
const again: Promise<void> = wrapped.queue({ messages: [] }, { BOT_NAME: "Echo" })
export const written: ReadonlyArray<unknown> = [inferred, again]
export type Known = WorkerClass

export const handlesWithoutArguments = withAnalytics({ fetch: () => new Response("Hello.") })
export const says = handlesWithoutArguments.fetch(
  new Request("https://example.com"),
  {},
  {
    waitUntil: () => undefined
  }
)

export default withAnalytics(worker, { at: ["/chat", "/ask"], model: "gpt-oss-20b" })
