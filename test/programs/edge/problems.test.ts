import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { type ProblemCode, problems, toResponse } from "../../../src/programs/edge/Problem.ts"
import { questionLengthMax } from "../../../src/programs/edge/readQuestion.ts"
import { jsonBytesMax } from "../../../src/runtime/readJson.ts"
import { answer, ask, handled, jsonHeaders, post, rateLimit, world } from "./Requests.ts"

const secret = "secret-4711"

const at = (method: string, path: string) =>
  new Request(`https://cv.example.com${path}`, { method, headers: { "x-secret": secret } })

const padded = (bytes: number) => JSON.stringify({ query: "Hello?" }).padEnd(bytes, " ")

/** A body that comes in the given pieces, without a length. */
const chunked = (...chunks: ReadonlyArray<Uint8Array | string>) =>
  post(
    new ReadableStream({
      start: (controller) => {
        for (const chunk of chunks) {
          controller.enqueue(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk)
        }
        controller.close()
      }
    })
  )

const refusals: ReadonlyArray<readonly [ProblemCode, number, string, () => Request]> = [
  ["not_found", 404, "another path", () => at("GET", `/${secret}`)],
  ["not_found", 404, "the root", () => at("GET", "/")],
  ["not_found", 404, "a path below /query", () => at("POST", `/query/?q=${secret}`)],
  ["method_not_allowed", 405, "a GET", () => at("GET", `/query?q=${secret}`)],
  ["method_not_allowed", 405, "a POST to /health", () => at("POST", "/health")],
  ["method_not_allowed", 405, "a method called constructor", () => at("constructor", "/query")],
  ["method_not_allowed", 405, "a method called __proto__", () => at("__proto__", "/query")],
  ["method_not_allowed", 405, "a DELETE", () => at("DELETE", "/query")],
  [
    "unsupported_media_type",
    415,
    "plain text",
    () => ask({ query: secret }, { "content-type": "text/plain" })
  ],
  [
    "unsupported_media_type",
    415,
    "a type that only starts like JSON",
    () => ask({ query: secret }, { "content-type": "application/jsonp" })
  ],
  [
    "unsupported_media_type",
    415,
    "no type at all",
    () => post(new TextEncoder().encode(`{"query":"${secret}"}`), {})
  ],
  ["body_too_large", 413, "one byte too many", () => post(padded(jsonBytesMax + 1))],
  [
    "body_too_large",
    413,
    "many small chunks",
    () => chunked(...Array.from({ length: 17 }, () => secret.padEnd(1024, "x")))
  ],
  ["malformed_json", 400, "no body", () => post(null)],
  ["malformed_json", 400, "an empty body", () => post("")],
  ["malformed_json", 400, "half an object", () => post(`{"query":"${secret}`)],
  ["malformed_json", 400, "a bare word", () => post(secret)],
  [
    "malformed_json",
    400,
    "a body that breaks off",
    () => post(new ReadableStream({ start: (controller) => controller.error(new Error(secret)) }))
  ],
  ["invalid_body", 422, "null", () => ask(null)],
  ["invalid_body", 422, "a string", () => ask(secret)],
  ["invalid_body", 422, "a list", () => ask([{ query: secret }])],
  ["invalid_body", 422, "brackets to the limit", () => post("[".repeat(8192) + "]".repeat(8192))],
  ["invalid_body", 422, "no question", () => ask({ question: secret })],
  ["invalid_body", 422, "a question that is no text", () => ask({ query: { text: secret } })],
  ["invalid_body", 422, "an empty session", () => ask({ query: secret, sessionId: "" })],
  ["invalid_body", 422, "a session that is null", () => ask({ query: secret, sessionId: null })],
  [
    "invalid_body",
    422,
    "a session of 129 characters",
    () => ask({ query: secret, sessionId: "s".repeat(129) })
  ],
  ["question_empty", 422, "an empty question", () => ask({ query: "" })],
  ["question_empty", 422, "a question of white space", () => ask({ query: " \n\t\u00a0" })],
  [
    "question_too_long",
    422,
    "one character too many",
    () => ask({ query: secret.padEnd(questionLengthMax + 1, "x") })
  ]
]

const assertProblem = Effect.fnUntraced(function* (
  response: Response,
  code: ProblemCode,
  status: number
) {
  const text = yield* Effect.promise(() => response.text())
  const { detail, ...rest } = JSON.parse(text)
  assert.deepStrictEqual(rest, { type: `urn:cv-analytics:problem:${code}`, code, status })
  assert.match(detail, /^[A-Z].*\.$/)
  assert.strictEqual(response.status, status)
  assert.strictEqual(response.headers.get("content-type"), "application/problem+json")
  assert.strictEqual(response.headers.get("cache-control"), "no-store")
  const headers = JSON.stringify([...response.headers])
  for (const said of [text, headers]) {
    assert.notInclude(said, secret)
    assert.notMatch(said, /\bat .*:\d+|\.ts\b|Error\b|stack/)
  }
})

describe("A request is refused, and no part of it is repeated:", () => {
  for (const [code, status, name, request] of refusals) {
    it.effect(`${code} for ${name}`, () =>
      Effect.gen(function* () {
        const { response, told } = yield* handled(request())
        yield* assertProblem(response, code, status)
        assert.isEmpty(told)
      }).pipe(Effect.provide(world(Effect.die("the chatbot was asked"))))
    )
  }

  it("with the limits that it exceeds in the sentence", () => {
    assert.include(problems.body_too_large[1], `${jsonBytesMax / 1024} KiB`)
    assert.include(problems.question_too_long[1], `${questionLengthMax} characters`)
  })

  it.effect("internal_error for a defect of the Worker", () =>
    Effect.gen(function* () {
      const { response } = yield* handled(ask({ query: secret }))
      yield* assertProblem(response, "internal_error", 500)
    }).pipe(Effect.provide([world(), rateLimit(Effect.die(new Error(secret)))]))
  )

  it.effect("misconfigured for a deployment without its settings", () =>
    assertProblem(toResponse("misconfigured"), "misconfigured", 500)
  )

  it.effect("without a body for a HEAD", () =>
    Effect.gen(function* () {
      const { response } = yield* handled(at("HEAD", "/query"))
      assert.strictEqual(response.status, 405)
      assert.isNull(response.body)
    }).pipe(Effect.provide(world()))
  )

  it.effect("with the methods that are allowed", () =>
    Effect.gen(function* () {
      const { response } = yield* handled(at("GET", "/query"))
      assert.strictEqual(response.headers.get("allow"), "POST, OPTIONS")
    }).pipe(Effect.provide(world()))
  )
})

describe("A request is taken", () => {
  const cut = new TextEncoder().encode('{"query":"日本👩"}')
  const taken: ReadonlyArray<readonly [string, () => Request]> = [
    ["with a body of exactly the limit", () => post(padded(jsonBytesMax))],
    ["with a question of the longest length", () => ask({ query: "x".repeat(questionLengthMax) })],
    ["with a session of 128 characters", () => ask({ query: "q", sessionId: "s".repeat(128) })],
    ["with fields that the edge does not know", () => ask({ query: "q", theme: "dark" })],
    [
      "with a character set",
      () => ask({ query: "q" }, { "content-type": "application/json; charset=utf-8" })
    ],
    [
      "with its type in capitals",
      () => ask({ query: "q" }, { "content-type": "Application/JSON" })
    ],
    [
      "with a query string",
      () => new Request("https://cv.example.com/query?lang=sv", ask({ query: "q" }))
    ],
    [
      "with a body in single bytes",
      () => chunked(...Array.from(cut, (byte) => Uint8Array.of(byte)))
    ]
  ]
  for (const [name, request] of taken) {
    it.effect(name, () =>
      Effect.gen(function* () {
        const { response, told } = yield* handled(request())
        assert.strictEqual(response.status, 200)
        assert.deepStrictEqual(told, [answer])
      }).pipe(Effect.provide(world()))
    )
  }

  it.effect("without losing a character that two chunks share", () =>
    Effect.gen(function* () {
      const request = chunked(...Array.from(cut, (byte) => Uint8Array.of(byte)))
      const { told } = yield* handled(request)
      assert.deepInclude(told[0], { text: "日本👩" })
    }).pipe(Effect.provide(world((question) => Effect.succeed({ ...answer, text: question }))))
  )
})

describe("A body without an end", () => {
  it.effect("is read up to the limit and then cancelled, whatever length it announces", () =>
    Effect.gen(function* () {
      let [chunks, cancelled] = [0, false]
      const endless = new ReadableStream({
        pull: (controller) => {
          chunks += 1
          controller.enqueue(new Uint8Array(1024))
        },
        cancel: () => {
          cancelled = true
        }
      })
      const request = post(endless, { ...jsonHeaders, "content-length": "20" })
      const { response } = yield* handled(request)
      assert.strictEqual(response.status, 413)
      assert.isTrue(cancelled)
      assert.isBelow(chunks, 32)
    }).pipe(Effect.provide(world()))
  )
})
