/** What an owner may say where guessing ends, and what it costs when their code fails. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import type { Options, ToldAnswer } from "../../../src/programs/recorder/Package.d.ts"
import { requestIdOf, tell } from "../../../src/programs/recorder/Registry.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { answered, ask, door, events, jsonHeaders, published, settled, world } from "./Door.ts"

const body = { message: "What do you cost?" }
const answer = "Ten crowns an hour."
const speak = () => new Response(answer)

const never = () => new Promise<undefined>(() => undefined)
const fails = {
  throws: () => {
    throw new Error("secret-4711")
  },
  rejects: () => Promise.reject(new Error("secret-4711")),
  hangs: never
}

/** The first exchange of a Worker with these options. */
const recorded = Effect.fnUntraced(function* (
  options: Options,
  request = ask(body),
  fetch = speak
) {
  const { text } = yield* answered(fetch, request, options)
  assert.strictEqual(text, answer)
  const { queries, responses } = yield* events
  return { query: queries[0], response: responses[0] }
})

const logged = Effect.map(CapturedLog.CapturedLog, (lines) =>
  lines.map(({ message, whole }) => {
    assert.notInclude(whole, "secret-4711")
    return message
  })
)

const saying = (option: string, path = "/api/chat") =>
  `the option \`${option}\` failed on ${path}, which costs what it was to tell`

describe("The option `at`", () => {
  it.effect("makes every method and body of a path a question, and no other path", () =>
    Effect.gen(function* () {
      const options = { at: ["/ask", "/chat"] }
      const url = "https://cv.example.com"
      for (const request of [
        new Request(`${url}/ask?q=One`),
        new Request(`${url}/chat`, { method: "PUT", body: "Two" }),
        new Request(`${url}/chat/`, { method: "POST", body: new URLSearchParams({ q: "Three" }) }),
        new Request(`${url}/api/chat`, {
          method: "POST",
          headers: jsonHeaders,
          body: '{"q":"No"}'
        }),
        new Request(`${url}/`)
      ]) {
        yield* answered(speak, request, options)
      }
      const { queries } = yield* events
      assert.deepStrictEqual(
        queries.map(({ query }) => query),
        ["One", "Two", "Three"]
      )
      assert.isEmpty(yield* logged)
    }).pipe(Effect.provide(world))
  )

  it.effect("takes no preflight for the question that follows it", () =>
    Effect.gen(function* () {
      const preflight = new Request("https://cv.example.com/ask?q=One", { method: "OPTIONS" })
      yield* answered(speak, preflight, { at: "/ask" })
      assert.isEmpty(yield* published)
      assert.isEmpty(yield* logged)
    }).pipe(Effect.provide(world))
  )

  const broken = {
    throws: fails.throws,
    "promises what it is to tell": async () => true,
    rejects: async () => Promise.reject(new Error("away"))
  }
  for (const [what, at] of Object.entries(broken)) {
    it.effect(`costs the recording when it ${what}, and is said once`, () =>
      Effect.gen(function* () {
        for (let n = 0; n < 3; n += 1) {
          // JavaScript knows no types
          const options = { at: at as unknown as () => boolean }
          assert.strictEqual((yield* answered(speak, ask(body), options)).text, answer)
        }
        assert.isEmpty(yield* published)
        assert.deepStrictEqual(yield* logged, [saying("at")])
      }).pipe(Effect.provide(world))
    )
  }
})

describe("The option `question`", () => {
  it.effect("finds the question in a copy of the request, which the handler still reads", () =>
    Effect.gen(function* () {
      const fetch = async (request: Request) => new Response(await request.text())
      const question = async (request: Request) => ({
        question: (await request.text()).slice(0, 4),
        session: "visit-7",
        turn: 3
      })
      const request = new Request("https://cv.example.com/", { method: "PUT", body: "What? Why?" })
      const { text } = yield* answered(fetch, request, { question })
      assert.strictEqual(text, "What? Why?")
      const { queries } = yield* events
      assert.deepInclude(queries[0], { query: "What", turn: 3 })
      assert.strictEqual<string | undefined>(queries[0]?.sessionId, "visit-7")
    }).pipe(Effect.provide(world))
  )

  it.effect("tells by no text that the request asks nothing", () =>
    Effect.gen(function* () {
      for (const told of [undefined, null, "", "  "]) {
        const question = () => told as string | undefined
        yield* answered(speak, ask(body), { question })
      }
      assert.isEmpty(yield* published)
    }).pipe(Effect.provide(world))
  )

  for (const [what, turn, session] of [
    ["texts", "3", 7],
    ["numbers out of their range", 0, null],
    ["fractions", 1.5, undefined]
  ] as const) {
    it.effect(`costs a turn and a session when they are ${what}, and not the question`, () =>
      Effect.gen(function* () {
        const question = () => ({ question: "Why?", turn, session }) as never
        const { query } = yield* recorded({ question })
        assert.strictEqual(query?.query, "Why?")
        assert.strictEqual<string | undefined>(query?.sessionId, query?.requestId)
        assert.notProperty(query, "turn")
      }).pipe(Effect.provide(world))
    )
  }

  for (const [how, question] of [
    ["throws", fails.throws],
    ["rejects", fails.rejects],
    ["tells a number", () => 7 as never],
    ["tells an object without a text", () => ({ question: ["Why?"] }) as never]
  ] as const) {
    it.effect(`costs the recording when it ${how}, and is said once`, () =>
      Effect.gen(function* () {
        for (let n = 0; n < 3; n += 1) {
          assert.strictEqual((yield* answered(speak, ask(body), { question })).text, answer)
        }
        assert.isEmpty(yield* published)
        assert.deepStrictEqual(yield* logged, [saying("question")])
      }).pipe(Effect.provide(world))
    )
  }
})

describe("The options about an answer", () => {
  const stream = 'data: {"delta":"Ten"}\n\n'

  it.effect("tell its text, its quality, its model and its tokens", () =>
    Effect.gen(function* () {
      const options: Options = {
        answer: async (response) => ({
          text: (await response.text()).toUpperCase(),
          matchType: "partial",
          matchScore: 0.5,
          tokens: { input: 7, output: 3, cachedInput: 2, reasoning: 1 }
        }),
        session: async (request) => request.headers.get("x-visitor") ?? undefined,
        model: async (request, response) =>
          `${new URL(request.url).pathname} ${response.headers.get("x-model")}`
      }
      const fetch = () => new Response(answer, { headers: { "x-model": "m-7" } })
      const { query, response } = yield* recorded(options, ask(body, { "x-visitor": "v-7" }), fetch)
      for (const event of [query, response]) {
        assert.strictEqual<string | undefined>(event?.sessionId, "v-7")
      }
      assert.deepInclude(response, {
        response: answer.toUpperCase(),
        matchType: "partial",
        matchScore: 0.5,
        model: "/api/chat m-7",
        tokens: { input: 7, output: 3, cachedInput: 2, reasoning: 1 }
      })
    }).pipe(Effect.provide(world))
  )

  it.effect("may tell a text alone, the name of the model, or nothing", () =>
    Effect.gen(function* () {
      const told = yield* recorded({ answer: () => "I don't know.", model: "m" })
      assert.deepInclude(told.response, {
        response: "I don't know.",
        matchType: "none",
        model: "m"
      })
      yield* answered(speak, ask(body), { answer: () => undefined, session: () => undefined })
      const [, untold] = (yield* events).responses
      assert.deepInclude(untold, { response: answer })
      assert.notProperty(untold, "model")
    }).pipe(Effect.provide(world))
  )

  it.effect("may tell that it failed, which keeps its text", () =>
    Effect.gen(function* () {
      const { response } = yield* recorded({ answer: () => ({ outcome: "failed" }) })
      assert.deepInclude(response, { response: answer, outcome: "failed" })
    }).pipe(Effect.provide(world))
  )

  it.effect("make an answer known that could not be read, and nothing is said of it", () =>
    Effect.gen(function* () {
      const fetch = () =>
        new Response("\u0000\u0001", { headers: { "content-type": "application/x-frames" } })
      yield* answered(fetch, ask(body), { answer: () => answer })
      assert.deepInclude((yield* events).responses[0], { response: answer, matchType: "full" })
      assert.isEmpty(yield* logged)
    }).pipe(Effect.provide(world))
  )

  it.effect("get copies: their bodies may be read, or not, and change nothing", () =>
    Effect.gen(function* () {
      const seen: Array<string> = []
      const options: Options = {
        answer: (response, request) => {
          seen.push(request.url, `${request.body}`)
          void response.body?.cancel()
          response.headers.set("x-mine", "1")
          return undefined
        },
        session: (request) => {
          seen.push(`${request.body}`)
          return undefined
        }
      }
      const fetch = () => new Response(stream, { headers: { "content-type": "text/event-stream" } })
      const { response, text } = yield* answered(fetch, ask(body), options)
      assert.strictEqual(text, stream)
      assert.isFalse(response.headers.has("x-mine"))
      assert.sameMembers(seen, ["null", "https://cv.example.com/api/chat", "null"])
      assert.deepInclude((yield* events).responses[0], { response: "Ten" })
    }).pipe(Effect.provide(world))
  )

  it.effect("are left out where they tell what cannot be right", () =>
    Effect.gen(function* () {
      const told = {
        text: 7,
        matchType: "good",
        matchScore: 2,
        model: {},
        tokens: { input: "7", output: -1 },
        outcome: "maybe"
      } as unknown as ToldAnswer
      const { response } = yield* recorded({ answer: () => told, session: () => ({}) as never })
      assert.deepInclude(response, {
        response: answer,
        matchType: "full",
        outcome: "answered"
      })
      for (const wrong of ["matchScore", "model", "tokens"]) assert.notProperty(response, wrong)
    }).pipe(Effect.provide(world))
  )

  for (const option of ["answer", "session", "model"] as const) {
    for (const [how, fail] of Object.entries(fails)) {
      it.effect(`cost only what they were to tell: \`${option}\` ${how}, which is said once`, () =>
        Effect.gen(function* () {
          const { platform, recorded: done, wrap } = yield* door
          for (let n = 0; n < 2; n += 1) {
            const worker = wrap({ fetch: speak }, { [option]: fail })
            const response = yield* Effect.promise(async () =>
              worker.fetch(ask(body), {}, platform)
            )
            assert.strictEqual(yield* Effect.promise(() => response.text()), answer)
            for (let turns = 0; turns < 3; turns += 1) yield* settled
            yield* TestClock.adjust("5 seconds")
            yield* done
          }
          const { queries, responses } = yield* events
          assert.deepInclude(queries[1], { query: body.message })
          assert.deepInclude(responses[1], { response: answer, matchType: "full" })
          assert.deepStrictEqual(yield* logged, [saying(option)])
        }).pipe(Effect.provide(world))
      )
    }
  }
})

describe("A handler that tells of its answer", () => {
  it.effect("counts before what is read and before the option `answer`", () =>
    Effect.gen(function* () {
      const fetch = (request: Request) => {
        tell(request, { text: "Told.", model: "mine" })
        tell(request, { matchType: "partial", tokens: { input: 5, output: 2 } })
        return speak()
      }
      const { text } = yield* answered(fetch, ask(body), {
        answer: () => ({ text: "Other.", model: "other", matchScore: 0.25 })
      })
      assert.strictEqual(text, answer)
      assert.deepInclude((yield* events).responses[0], {
        response: "Told.",
        matchType: "partial",
        matchScore: 0.25,
        model: "mine",
        tokens: { input: 5, output: 2 }
      })
    }).pipe(Effect.provide(world))
  )

  it.effect("may do so until the answer has ended", () =>
    Effect.gen(function* () {
      const fetch = (request: Request) => {
        const pieces = ["Ten ", "crowns."].map((piece) => new TextEncoder().encode(piece))
        return new Response(
          new ReadableStream({
            pull: (controller) => {
              const piece = pieces.shift()
              if (piece !== undefined) return controller.enqueue(piece)
              tell(request, { tokens: { input: 9, output: 4 }, model: "late" })
              controller.close()
            }
          })
        )
      }
      yield* answered(fetch, ask(body))
      assert.deepInclude((yield* events).responses[0], {
        response: "Ten crowns.",
        model: "late",
        tokens: { input: 9, output: 4 }
      })
    }).pipe(Effect.provide(world))
  )

  it.effect("knows the id under which its request is recorded", () =>
    Effect.gen(function* () {
      const ids: Array<string | undefined> = []
      const fetch = (request: Request) => {
        ids.push(requestIdOf(request))
        return speak()
      }
      yield* answered(fetch, ask(body))
      yield* answered(fetch, new Request("https://cv.example.com/style.css"))
      assert.deepStrictEqual(ids, [(yield* events).queries[0]?.requestId, undefined])
    }).pipe(Effect.provide(world))
  )

  it("is not heard about a request that is not recorded", () => {
    const request = ask(body)
    tell(request, { text: "Told." })
    assert.isUndefined(requestIdOf(request))
  })
})
