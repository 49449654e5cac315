/** Who was answered gets a token, beside an answer that is otherwise the handler's own. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Policy } from "../../../src/programs/recorder/Policy.ts"
import { feedbackToken } from "../../../src/programs/recorder/Registry.ts"
import { mayBeKept } from "../../../src/programs/recorder/VoteOffer.ts"
import { VoteTokens } from "../../../src/programs/recorder/VoteToken.ts"
import { wrapWith } from "../../../src/programs/recorder/withAnalytics.ts"
import { sessionOfRequest } from "../../../src/schema/Identifiers.ts"
import { answered, ask, events, post, world } from "./Door.ts"
import { tokensOf, votesOn } from "./Votes.ts"

const header = "x-cv-feedback"
const question = { message: "Which databases?" }
const on = Layer.merge(world, votesOn)

const json = (headers: HeadersInit = {}, status = 200) =>
  Response.json({ answer: "PostgreSQL." }, { status, headers })

/** The headers of an answer with votes on and off. */
const both = Effect.fnUntraced(function* (
  fetch: (request: Request) => Response | Promise<Response>,
  request: () => Request = () => ask(question)
) {
  const off = yield* Effect.provide(answered(fetch, request()), world, { local: true })
  const { response, text } = yield* Effect.provide(answered(fetch, request()), on, { local: true })
  assert.strictEqual(text, off.text)
  assert.strictEqual(response.status, off.response.status)
  assert.strictEqual(response.statusText, off.response.statusText)
  return { off: new Map(off.response.headers), on: new Map(response.headers) }
})

describe("The answer to a question", () => {
  it.effect("carries a token of the recorded question, whatever else it carries", () =>
    Effect.gen(function* () {
      const { response } = yield* answered(() => json({ "x-bot": "1" }), ask(question))
      const [{ requestId, timestamp } = {}] = (yield* events).queries
      const token = response.headers.get(header) ?? ""
      const named = yield* Effect.promise(() => tokensOf().verify(token, timestamp ?? 0))
      assert.deepStrictEqual<unknown>(named, { requestId, timestamp })
      assert.strictEqual(response.headers.get("x-bot"), "1")
    }).pipe(Effect.provide(on))
  )

  const stream = () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    for (const piece of ["data: one\n\n", "data: two\n\n"]) {
      void writer.write(new TextEncoder().encode(piece))
    }
    void writer.close()
    return new Response(readable, { headers: { "content-type": "text/event-stream" } })
  }
  const same: Readonly<Record<string, () => Response | Promise<Response>>> = {
    "as JSON": () => json({ "cache-control": "no-store", "set-cookie": "a=b" }, 201),
    "as a stream": stream,
    "without a body": () => new Response(null, { status: 204 }),
    "of a type that is not read": () =>
      new Response(Uint8Array.of(1, 2, 255), { headers: { "content-type": "audio/mpeg" } }),
    "whose headers cannot be changed": () => {
      const fixed = json()
      const refuse = () => {
        throw new TypeError("immutable")
      }
      Object.assign(fixed.headers, { set: refuse, append: refuse })
      return fixed
    }
  }
  for (const [how, fetch] of Object.entries(same)) {
    it.effect(`${how} differs by that header alone`, () =>
      Effect.gen(function* () {
        const headers = yield* both(fetch)
        assert.isTrue(headers.on.delete(header))
        assert.deepStrictEqual(headers.on, headers.off)
      })
    )
  }

  const exposed = {
    none: [{}, null],
    "one without a list": [{}, header],
    "one with a list": ["x-request-id, retry-after", `x-request-id, retry-after, ${header}`],
    "one that has it": ["X-CV-Feedback", "X-CV-Feedback"]
  } as const
  for (const [name, [list, expected]] of Object.entries(exposed)) {
    it.effect(`exposes it to the pages that may read the answer: ${name}`, () =>
      Effect.gen(function* () {
        const response = json({
          ...(name === "none" ? {} : { "access-control-allow-origin": "https://site.example" }),
          ...(typeof list === "string" ? { "access-control-expose-headers": list } : {})
        })
        const { response: seen } = yield* answered(() => response, ask(question))
        assert.strictEqual(seen.headers.get("access-control-expose-headers"), expected)
      }).pipe(Effect.provide(on))
    )
  }

  it.effect("may carry it in its own body, however soon the handler asks", () =>
    Effect.gen(function* () {
      const { response, text } = yield* answered(
        async (request) => Response.json({ token: await feedbackToken(request) }),
        ask(question)
      )
      assert.strictEqual(JSON.parse(text).token, response.headers.get(header))
      assert.isString(JSON.parse(text).token)
    }).pipe(Effect.provide(on))
  )
})

describe("No token comes with", () => {
  const keeps = { "cache-control": "public, max-age=60" }
  const none: Readonly<Record<string, readonly [() => Response, () => Request]>> = {
    "an answer that caches may keep": [() => json(keeps), () => ask(question)],
    "a refusal": [() => json({}, 403), () => ask(question)],
    "a redirect": [() => json({ location: "/" }, 303), () => ask(question)],
    "a failure": [() => json({}, 503), () => ask(question)],
    "the answer to what asks nothing": [json, () => ask({ email: "a@b.example" })],
    "the answer to what is no JSON": [json, () => post("{")]
  }
  for (const [name, [response, request]] of Object.entries(none)) {
    it.effect(name, () =>
      Effect.gen(function* () {
        const headers = yield* both(async (asked) => {
          await asked.text()
          return response()
        }, request)
        assert.deepStrictEqual(headers.on, headers.off)
      })
    )
  }

  it.effect("an answer to a visitor who must not be recorded", () =>
    Effect.gen(function* () {
      const { response } = yield* answered(() => json(), ask(question))
      assert.isFalse(response.headers.has(header))
    }).pipe(
      Effect.provideService(Policy, {
        sessionOf: (_visit, _named, requestId) => Effect.succeed(sessionOfRequest(requestId)),
        discretionFor: () => undefined
      }),
      Effect.provide(on)
    )
  )

  it.effect("an answer whose token cannot be signed, which is not delayed or broken", () =>
    Effect.gen(function* () {
      const { response, text } = yield* answered(() => json(), ask(question))
      assert.isFalse(response.headers.has(header))
      assert.include(text, "PostgreSQL")
      assert.lengthOf((yield* events).queries, 1)
    }).pipe(
      Effect.provideService(VoteTokens, {
        sign: () => Promise.reject(new Error("no key")),
        verify: () => Promise.resolve(undefined)
      }),
      Effect.provide(world)
    )
  )
})

describe("An answer waits for no secret that is on its way", () => {
  it("and goes without a token, in its header and in its body", async () => {
    // the services of recording never come
    const { fetch } = wrapWith({ run: Effect.runPromise, record: () => new Promise(() => {}) })({
      fetch: async (request: Request) => Response.json({ token: await feedbackToken(request) })
    })
    const platform = { waitUntil: () => undefined }
    const response = await fetch(ask(question), {}, platform)
    assert.isFalse(response.headers.has(header))
    assert.strictEqual(await response.text(), "{}")
  })
})

describe("Caches may keep the answer", () => {
  const kept: ReadonlyArray<readonly [string, HeadersInit, boolean]> = [
    ["POST", {}, false],
    ["POST", { "cache-control": "no-cache" }, false],
    ["POST", { "cache-control": "no-store, public" }, false],
    ["POST", { "cache-control": "private, max-age=60" }, false],
    ["POST", { "cache-control": "public" }, true],
    ["POST", { "cache-control": "S-MaxAge=60" }, true],
    ["POST", { "cache-control": "max-age=60" }, true],
    ["POST", { "cache-control": 'private="set-cookie", max-age=60' }, true],
    ["POST", { "cache-control": "stale-while-revalidate=5" }, true],
    ["POST", { expires: "Thu, 01 Jan 2027 00:00:00 GMT" }, true],
    ["POST", { "cache-control": "no-store", "cdn-cache-control": "max-age=60" }, true],
    ["POST", { "cache-control": "public", "cdn-cache-control": "no-store" }, true],
    ["POST", { "cloudflare-cdn-cache-control": "no-store" }, false],
    ["POST", { "surrogate-control": "max-age=60" }, true],
    ["GET", {}, true],
    ["GET", { "cache-control": "no-cache" }, true],
    ["GET", { "cache-control": "no-store" }, false],
    ["GET", { "cache-control": "private" }, false]
  ]
  for (const [method, headers, expected] of kept) {
    it(`${method} ${JSON.stringify(headers)}: ${expected ? "yes" : "no"}`, () => {
      const request = new Request("https://cv.example.com/", { method })
      assert.strictEqual(mayBeKept(request, new Response(null, { headers })), expected)
    })
  }
})
