/** What the log of a Worker says once, because every request would repeat it. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as CapturedLog from "../CapturedLog.ts"
import { answered, ask, events, jsonHeaders, post, published, world } from "./Door.ts"

const secret = "secret-4711"
const body = { message: "What do you cost?" }

const speak = () => new Response("Ten crowns.")

const warnings = Effect.map(CapturedLog.CapturedLog, (lines) =>
  lines.map(({ level, message, whole }) => {
    assert.notInclude(whole, "4711")
    assert.strictEqual(level, "Warn")
    return message
  })
)

describe("A request without a question", () => {
  it.effect("is said once an isolate, with the names of its fields and no value", () =>
    Effect.gen(function* () {
      for (let n = 0; n < 3; n += 1) {
        yield* answered(speak, ask({ id: secret, payload: { word: [secret] } }))
      }
      assert.isEmpty(yield* published)
      assert.deepStrictEqual(yield* warnings, [
        "a POST of /api/chat held no question in: id, payload"
      ])
    }).pipe(Effect.provide(world))
  )

  it.effect("is not said where the handler refuses it", () =>
    Effect.gen(function* () {
      const refuse = () => new Response("Which question?", { status: 422 })
      yield* answered(refuse, ask({ id: 1 }))
      assert.isEmpty(yield* warnings)
    }).pipe(Effect.provide(world))
  )

  it.effect("is said of each path and each set of fields", () =>
    Effect.gen(function* () {
      for (const path of ["/a", "/b"]) {
        for (const json of ["{}", "[1]", '{"id":1}']) {
          yield* answered(speak, post(json, jsonHeaders, path))
        }
      }
      const said = yield* warnings
      assert.include(said, "a POST of /a held no question in: no field")
      assert.include(said, "a POST of /b held no question in: id")
      assert.strictEqual(new Set(said).size, said.length)
    }).pipe(Effect.provide(world))
  )

  it.effect("names no field and no part of a path that could be data", () =>
    Effect.gen(function* () {
      const request = post(
        JSON.stringify({ [`${secret}@example.org`]: 1, "anna svensson 4711": 1, id: 1 }),
        jsonHeaders,
        "/chat/4711/0198c2f4-4711-7c11-9a3b-0f6f1c2d3e4f?token=secret-4711"
      )
      yield* answered(speak, request)
      assert.deepStrictEqual(yield* warnings, ["a POST of /chat/*/* held no question in: *, *, id"])
    }).pipe(Effect.provide(world))
  )

  it.effect("fills no log, whatever is sent", () =>
    Effect.gen(function* () {
      for (let n = 0; n < 100; n += 1) {
        const fields = Object.fromEntries(
          Array.from({ length: 500 }, (_, at) => [`f${n}x${at}`, 1])
        )
        yield* answered(speak, ask(fields))
      }
      const said = yield* warnings
      assert.isAtLeast(said.length, 1)
      assert.isAtMost(said.length, 10)
      for (const line of said) assert.isBelow(line.length, 1200)
    }).pipe(Effect.provide(world))
  )

  it.effect("is passed over where it could not be one: pages, files, and other types", () =>
    Effect.gen(function* () {
      for (const request of [
        new Request("https://cv.example.com/"),
        new Request("https://cv.example.com/a", {
          method: "PUT",
          body: "{}",
          headers: jsonHeaders
        }),
        post("picture", { "content-type": "image/png" }),
        post("a=1", { "content-type": "application/x-www-form-urlencoded" })
      ]) {
        yield* answered(speak, request)
      }
      assert.isEmpty(yield* warnings)
    }).pipe(Effect.provide(world))
  )

  it.effect("is passed over when the body continues a conversation, as the result of a tool", () =>
    Effect.gen(function* () {
      const messages = [
        { role: "user", content: "What do you cost?" },
        { role: "assistant", tool_calls: [{ id: "1", function: { name: "price" } }] },
        { role: "tool", tool_call_id: "1", content: "10" }
      ]
      yield* answered(speak, ask({ messages }))
      assert.isEmpty(yield* published)
      assert.isEmpty(yield* warnings)
    }).pipe(Effect.provide(world))
  )
})

describe("An answer that is not understood", () => {
  const frames = () => new Response("\u0001\u0002", { headers: { "content-type": "x/frames;v=1" } })

  it.effect("is unknown, never unanswered, and said once an isolate", () =>
    Effect.gen(function* () {
      for (let n = 0; n < 3; n += 1) yield* answered(frames, ask(body))
      const { responses } = yield* events
      assert.lengthOf(responses, 3)
      for (const response of responses) {
        assert.deepInclude(response, { response: "", matchType: "unknown", outcome: "answered" })
        assert.notProperty(response, "matchScore")
      }
      const [line, ...others] = yield* warnings
      assert.match(line ?? "", /^an answer of \/api\/chat was not understood: x\/frames\b/)
      assert.include(line, "the option `answer` can tell it")
      assert.isEmpty(others)
    }).pipe(Effect.provide(world))
  )

  it.effect("is unknown when it is JSON or a stream without any words", () =>
    Effect.gen(function* () {
      for (const [type, text] of [
        ["application/json", '{"op":7,"frame":"AAEC"}'],
        ["text/event-stream", 'data: {"op":7,"frame":"AAEC"}\n\n'],
        ["application/octet-stream", "PK\u0003\u0004"],
        ["text/html", "<!doctype html><p>Ten crowns.</p>"]
      ] as const) {
        const fetch = () => new Response(text, { headers: { "content-type": type } })
        yield* answered(fetch, ask(body))
      }
      assert.deepStrictEqual(
        (yield* events).responses.map(({ matchType }) => matchType),
        Array(4).fill("unknown")
      )
      const lines = yield* warnings
      assert.lengthOf(lines, 4)
      for (const line of lines.slice(0, 2)) assert.include(line, ", with op, frame; ")
      for (const line of lines) assert.notInclude(line, "AAEC")
    }).pipe(Effect.provide(world))
  )
})
