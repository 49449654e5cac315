/** Our chatbot as it is deployed: its settings, its limit, and the door around it. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { vi } from "vitest"
import chatbot from "../../../src/programs/edge/main.ts"
import { decodeMessage } from "../../../src/schema/AnalyticsEvent.ts"
import * as ChatbotDouble from "../../layers/ChatbotDouble.ts"
import * as SqsDouble from "../../layers/SqsDouble.ts"
import { feedbackSecret, voteRequest } from "../recorder/Votes.ts"
import { ask, jsonHeaders } from "./Requests.ts"

const question = { query: "Which databases does she know?" }

const deployment = Effect.gen(function* () {
  const completion = JSON.stringify({ choices: [{ message: { content: "PostgreSQL." } }] })
  const model = yield* ChatbotDouble.serve(ChatbotDouble.saying(completion))
  const { batches, queueUrl } = yield* SqsDouble.serve(SqsDouble.accept)
  const env = {
    CV_ANALYTICS_QUEUE_URL: queueUrl,
    CV_ANALYTICS_REGION: "eu-west-1",
    CV_ANALYTICS_ACCESS_KEY_ID: "key",
    CV_ANALYTICS_SECRET_ACCESS_KEY: "secret-4711",
    UPSTREAM_URL: new URL("/v1/chat/completions", model.url).href
  }
  const works: Array<Promise<unknown>> = []
  const platform = { waitUntil: (work: Promise<unknown>) => void works.push(work) }
  const visit = (request: Request, changes: object = {}) =>
    Effect.promise(async () => {
      const response = await chatbot.fetch(request, { ...env, ...changes }, platform)
      const text = await response.text()
      const json = text === "" ? undefined : JSON.parse(text)
      await Promise.all(works)
      return { response, json }
    })
  const events = () =>
    batches.flatMap(({ Entries }) =>
      Entries.map(({ MessageBody }) => Result.getOrThrow(decodeMessage(MessageBody)))
    )
  return { visit, events }
})

const health = () => new Request("https://cv.example.com/health")

describe("Our chatbot", () => {
  it.live("answers with the id under which it is recorded", () =>
    Effect.gen(function* () {
      const { events, visit } = yield* deployment
      const { json, response } = yield* visit(ask(question))
      assert.include(json, { answer: "PostgreSQL.", matchType: "full" })
      const ids = events().map(({ requestId }) => requestId as string)
      assert.deepStrictEqual(ids, [json.requestId, json.requestId])
      assert.strictEqual(response.headers.get("x-request-id"), json.requestId)
    })
  )

  it.live("echoes a client's x-request-id, which is a label of the event and never its id", () =>
    Effect.gen(function* () {
      const { events, visit } = yield* deployment
      const labelled = ask(question, { ...jsonHeaders, "x-request-id": "label-7" })
      const { json, response } = yield* visit(labelled)
      assert.strictEqual(response.headers.get("x-request-id"), "label-7")
      const [query] = events()
      assert.deepInclude(query, { metadata: { clientRequestId: "label-7" } })
      assert.strictEqual<string | undefined>(query?.requestId, json.requestId)
    })
  )

  it.live("records no refusal, and no request of another path", () =>
    Effect.gen(function* () {
      const { events, visit } = yield* deployment
      assert.strictEqual((yield* visit(ask({ query: "" }))).response.status, 422)
      assert.strictEqual((yield* visit(ask({ query: "x".repeat(2001) }))).response.status, 422)
      assert.strictEqual((yield* visit(ask({ ...question, sessionId: "" }))).response.status, 422)
      assert.strictEqual((yield* visit(health())).response.status, 200)
      const elsewhere = new Request("https://cv.example.com/other", ask(question))
      assert.strictEqual((yield* visit(elsewhere)).response.status, 404)
      assert.isEmpty(events())
    })
  )

  it.live("counts all addresses of one IPv6 network, and visitors without one, together", () =>
    Effect.gen(function* () {
      const { visit } = yield* deployment
      const keys: Array<string> = []
      const limit = async ({ key }: { readonly key: string }) => {
        keys.push(key)
        return { success: false }
      }
      for (const address of ["2001:db8:1:2::1", "2001:db8:1:2:ffff::", "2001:db8:1:3::1", ""]) {
        const request = ask(question, { ...jsonHeaders, "cf-connecting-ip": address })
        const { json, response } = yield* visit(request, { QUESTION_LIMIT: { limit } })
        assert.include([200, 429], response.status)
        assert.isObject(json)
      }
      assert.strictEqual(keys[0], keys[1])
      assert.strictEqual(new Set(keys).size, 3)
    })
  )
})

describe("A vote at our chatbot", () => {
  const origin = { origin: "https://site.example" }
  const on = {
    CV_ANALYTICS_FEEDBACK_SECRET: feedbackSecret,
    ALLOWED_ORIGINS: "https://site.example"
  }
  const full = { ...on, QUESTION_LIMIT: { limit: async () => ({ success: false }) } }

  const voteOn = (token: unknown, headers: object = {}) =>
    voteRequest(JSON.stringify({ token, rating: "up" }), { ...jsonHeaders, ...headers })

  it.live("has the token of the answer's header or body, and is recorded for the question", () =>
    Effect.gen(function* () {
      const { events, visit } = yield* deployment
      const { json, response } = yield* visit(ask(question, { ...jsonHeaders, ...origin }), on)
      assert.isString(json.feedback)
      assert.strictEqual(response.headers.get("x-cv-feedback"), json.feedback)
      assert.strictEqual(
        response.headers.get("access-control-expose-headers"),
        "x-request-id, retry-after, x-cv-feedback"
      )
      const vote = yield* visit(voteOn(json.feedback, origin), on)
      assert.strictEqual(vote.response.status, 202)
      assert.strictEqual(
        vote.response.headers.get("access-control-allow-origin"),
        "https://site.example"
      )
      const [, , voted, ...others] = events()
      assert.isEmpty(others)
      const { requestId } = json
      assert.deepInclude(voted, { eventType: "feedback", requestId, rating: "up" })
    })
  )

  it.live("is refused from a foreign page, over the limit, and where votes are off", () =>
    Effect.gen(function* () {
      const { events, visit } = yield* deployment
      const { json } = yield* visit(ask(question), on)
      const { length } = events()
      const foreign = voteOn(json.feedback, { origin: "https://elsewhere.example" })
      const refusals = [
        yield* visit(foreign, on),
        yield* visit(voteOn(json.feedback), full),
        yield* visit(voteOn(json.feedback)),
        yield* visit(new Request(voteOn(json.feedback), { method: "PUT" }), on)
      ].map(({ json, response }) => [response.status, json.code])
      assert.deepStrictEqual(refusals, [
        [403, "origin_not_allowed"],
        [429, "too_many_questions"],
        [404, "votes_off"],
        [405, "method_not_allowed"]
      ])
      assert.lengthOf(events(), length)
    })
  )

  it.live("is offered neither in the header nor in the body where votes are off", () =>
    Effect.gen(function* () {
      const { visit } = yield* deployment
      const { json, response } = yield* visit(ask(question))
      assert.notProperty(json, "feedback")
      assert.isFalse(response.headers.has("x-cv-feedback"))
    })
  )
})

describe("Our chatbot without a right setting", () => {
  const logOf = Effect.fnUntraced(function* (changes: object, requests: ReadonlyArray<Request>) {
    const { events, visit } = yield* deployment
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined)
    yield* Effect.addFinalizer(() => Effect.sync(() => log.mockRestore()))
    const statuses: Array<number> = []
    for (const request of requests) statuses.push((yield* visit(request, changes)).response.status)
    return { statuses, events, lines: log.mock.calls.map(([line]) => String(line)) }
  })

  it.live("answers that it is misconfigured, and the log names the variable and no value", () =>
    Effect.gen(function* () {
      const wrong = { UPSTREAM_URL: "secret-4711", ANSWER_TIMEOUT_MS: "-1" }
      const { lines, statuses } = yield* logOf(wrong, [health(), ask(question)])
      assert.deepStrictEqual(statuses, [500, 500])
      assert.include(lines[0], "UPSTREAM_URL")
      assert.include(lines[0], "ANSWER_TIMEOUT_MS")
      assert.notInclude(lines.join(), "4711")
    })
  )

  it.live("of the analytics answers all the same, but is not healthy", () =>
    Effect.gen(function* () {
      const wrong = { CV_ANALYTICS_QUEUE_URL: "secret-4711" }
      const { events, lines, statuses } = yield* logOf(wrong, [ask(question), health()])
      assert.deepStrictEqual(statuses, [200, 500])
      assert.isEmpty(events())
      assert.include(lines[0], "CV_ANALYTICS_QUEUE_URL")
      assert.notInclude(lines.join(), "4711")
    })
  )
})
