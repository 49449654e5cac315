import { type Answer, type Env, fromKnowledge, fromUpstream, passing } from "./answer.ts"
import { entriesOf } from "./events.ts"

type Entries = ReturnType<typeof entriesOf>
/** Sends a batch once, without retries or counts. */
export type Send = (env: Env, entries: Entries) => Promise<unknown>

interface Platform {
  readonly waitUntil: (promise: Promise<unknown>) => void
}

/** Answers a question and sends both events, in as little code as one would write. */
export const answerWith =
  (send: Send) =>
  async (request: Request, env: Env, platform: Platform): Promise<Response> => {
    const { query } = (await request.json()) as { readonly query: unknown }
    if (typeof query !== "string") return new Response("no question", { status: 422 })
    const [id, askedAt] = [crypto.randomUUID(), Date.now()]
    const record = (answer: Answer) =>
      send(env, entriesOf(request, id, askedAt, query, answer)).catch(() => undefined)
    if (env.UPSTREAM_URL === "") {
      const answer = fromKnowledge(query)
      platform.waitUntil(record(answer))
      const { matchScore, matchType, text } = answer
      return Response.json({ requestId: id, answer: text, matchType, matchScore })
    }
    const { body } = await fromUpstream(env.UPSTREAM_URL, query, request.signal)
    if (body === null) return new Response("no answer", { status: 502 })
    const { promise, resolve } = Promise.withResolvers<string>()
    platform.waitUntil(promise.then((text) => record({ text, matchType: "full", matchScore: 1 })))
    return new Response(passing(body, resolve), {
      headers: { "content-type": "text/event-stream" }
    })
  }
