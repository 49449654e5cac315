import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

const fetched = (url: string, init: RequestInit = {}) =>
  Effect.promise((signal) =>
    fetch(url, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]) })
  )

/** A browser's headers: a program's user agent would count as a bot. */
export const jsonType = {
  "content-type": "application/json",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
}

/** Sends one request and returns the JSON of any answer. */
export const request = Effect.fnUntraced(function* (url: string, init?: RequestInit) {
  const response = yield* fetched(url, init)
  const body: unknown = yield* Effect.promise(() => response.json())
  return { status: response.status, type: response.headers.get("content-type"), body }
})

const Reply = Schema.Struct({
  requestId: Schema.String,
  answer: Schema.NonEmptyString,
  matchType: Schema.String
})

/** Fails unless the question is answered. */
export const ask = Effect.fnUntraced(function* (
  workerUrl: string,
  query: string,
  sessionId?: string
) {
  const body = JSON.stringify({ query, sessionId })
  const reply = yield* request(`${workerUrl}/query`, { method: "POST", headers: jsonType, body })
  return yield* Schema.decodeUnknownEffect(Reply)(reply.body)
})

const Inbox = Schema.Struct({
  emails: Schema.Array(
    Schema.Struct({ subject: Schema.String, body: Schema.Struct({ text: Schema.String }) })
  )
})

export const emailsIn = Effect.fnUntraced(function* (inboxUrl: string) {
  const { body } = yield* request(`${inboxUrl}/store`)
  return (yield* Schema.decodeUnknownEffect(Inbox)(body)).emails
})
