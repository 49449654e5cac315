/** Answers that come piece by piece, as they are recorded however they end. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { answered, ask, door, events, settled, world } from "./Door.ts"

const encoder = new TextEncoder()
const question = { query: "Which databases does she know?" }
const eventStream = { headers: { "content-type": "text/event-stream" } }

const delta = (content: string) =>
  `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`

/** A Worker whose stream the test feeds by hand, and its visitor. */
const conversation = Effect.fnUntraced(function* (visitor = new AbortController()) {
  const { platform, recorded, wrap } = yield* door
  const state = { cancelled: false }
  let feed: ReadableStreamDefaultController<Uint8Array> | undefined
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      feed = controller
    },
    cancel: () => {
      state.cancelled = true
    }
  })
  const worker = wrap({ fetch: () => new Response(stream, eventStream) })
  const request = new Request(ask(question), { signal: visitor.signal })
  const response = yield* Effect.promise(async () => worker.fetch(request, {}, platform))
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  return {
    state,
    leave: () => visitor.abort(),
    say: (text: string) => feed?.enqueue(encoder.encode(text)),
    end: () => feed?.close(),
    fail: () => feed?.error(new Error("the model broke")),
    hears: Effect.promise(async () => (await reader.read()).value),
    hearsNoMore: Effect.flip(Effect.tryPromise(() => reader.read())),
    /** What is recorded once everything has ended. */
    response: Effect.gen(function* () {
      yield* settled
      yield* recorded
      return (yield* events).responses[0]
    })
  }
})

describe("A stream", () => {
  it.effect("reaches the visitor piece by piece, and is recorded with its text", () =>
    Effect.gen(function* () {
      const { end, hears, response, say } = yield* conversation()
      const usage =
        'data: {"model":"m","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3}}\n\n'
      for (const piece of [delta("Postgre"), delta("SQL."), usage, "data: [DONE]\n\n"]) {
        say(piece)
        assert.strictEqual(yield* hears, piece)
      }
      end()
      assert.isUndefined(yield* hears)
      assert.deepInclude(yield* response, {
        response: "PostgreSQL.",
        matchType: "full",
        model: "m",
        tokens: { input: 12, output: 3 },
        outcome: "answered"
      })
    }).pipe(Effect.provide(world))
  )

  it.effect("that breaks off breaks off for the visitor, and is a failed answer", () =>
    Effect.gen(function* () {
      const { fail, hears, hearsNoMore, response, say } = yield* conversation()
      say(delta("Postgre"))
      assert.strictEqual(yield* hears, delta("Postgre"))
      fail()
      yield* hearsNoMore
      assert.deepInclude(yield* response, { response: "Postgre", outcome: "failed" })
    }).pipe(Effect.provide(world))
  )

  it.effect("ends when its visitor leaves, and is recorded as far as it was shown", () =>
    Effect.gen(function* () {
      const { hears, leave, response, say, state } = yield* conversation()
      say(delta("Postgre"))
      assert.strictEqual(yield* hears, delta("Postgre"))
      leave()
      assert.deepInclude(yield* response, {
        response: "Postgre",
        outcome: "answered",
        visitorLeft: true
      })
      assert.isTrue(state.cancelled)
    }).pipe(Effect.provide(world))
  )

  it.effect("ends when its visitor left before the first word", () =>
    Effect.gen(function* () {
      const visitor = new AbortController()
      visitor.abort()
      const { response, state } = yield* conversation(visitor)
      assert.deepInclude(yield* response, { response: "", visitorLeft: true })
      assert.isTrue(state.cancelled)
    }).pipe(Effect.provide(world))
  )
})

describe("Broken streams reach the visitor byte for byte:", () => {
  const whole = encoder.encode(delta("Köln 日本 👩‍💻"))
  const bodies: ReadonlyArray<readonly [string, Uint8Array]> = [
    ["broken JSON", encoder.encode('data: {"choices":[{"delta"\n\ndata: }\n\n')],
    ["no line's end", encoder.encode(`data: ${"x".repeat(600_000)}`)],
    ["half a character", whole.slice(0, -12)],
    ["bytes of no text", Uint8Array.from({ length: 4096 }, (_, n) => (n * 37) % 256)],
    ["brackets without end", encoder.encode(`data: ${"[".repeat(100_000)}\n\n`)],
    ["nothing", new Uint8Array()]
  ]
  for (const [name, bytes] of bodies) {
    it.effect(name, () =>
      Effect.gen(function* () {
        const { platform, recorded, wrap } = yield* door
        const worker = wrap({ fetch: () => new Response(bytes.slice(), eventStream) })
        const response = yield* Effect.promise(async () =>
          worker.fetch(ask(question), {}, platform)
        )
        const got = new Uint8Array(yield* Effect.promise(() => response.arrayBuffer()))
        assert.isTrue(Buffer.from(got).equals(Buffer.from(bytes)))
        yield* recorded
        assert.lengthOf((yield* events).responses, 1)
      }).pipe(Effect.provide(world))
    )
  }

  it.effect("and keep their length in the header", () =>
    Effect.gen(function* () {
      const fetch = () => new Response("Ten.", { headers: { "content-length": "4" } })
      const { response, text } = yield* answered(fetch, ask(question))
      assert.deepStrictEqual([response.headers.get("content-length"), text], ["4", "Ten."])
    }).pipe(Effect.provide(world))
  )
})
