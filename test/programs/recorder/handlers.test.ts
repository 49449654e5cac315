/** The forms of Workers that people have, which the door goes around without a trace. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { Hono } from "hono"
import { drainOutbox, withAnalytics } from "../../../src/programs/recorder/main.ts"
import { answered, ask, door, events, post, published, settled, world } from "./Door.ts"

const body = { message: "What do you cost?" }
const answer = "Ten crowns an hour."

const env = { ANSWER: answer }
type Env = typeof env

interface Context {
  readonly waitUntil: (work: Promise<unknown>) => void
}

/** Handlers on a prototype, with state of their own. */
class Chatbot {
  readonly #words = ["Ten", "crowns"]
  readonly rest = "an hour."

  fetch(request: Request, _env: Env, _context: Context): Response {
    assert.strictEqual(request.method, "POST")
    return new Response([...this.#words, this.rest].join(" "))
  }

  scheduled(): string {
    return `${this.#words}`
  }
}

/** Answers every name that it is asked for, as some routers do. */
const router = () => {
  const routes: Array<string> = []
  const register = (name: string | symbol) => (path: string) => {
    routes.push(`${String(name)} ${path}`)
    return router
  }
  const names = new Proxy({}, { get: (_, name) => register(name) })
  return Object.assign(Object.create(names), {
    routes,
    fetch: async (_request: Request, { ANSWER }: Env) => new Response(ANSWER)
  }) as { readonly routes: typeof routes; fetch(request: Request, env: Env): Promise<Response> }
}

const hono = () => new Hono<{ Bindings: Env }>().post("/api/chat", (c) => c.text(c.env.ANSWER))

/** Like Cloudflare's own class, as far as a constructor and its fields go. */
class Entrypoint {
  readonly env: Env
  readonly ctx: Context

  constructor(ctx: Context, given: Env) {
    this.ctx = ctx
    this.env = given
  }
}

class ChatbotEntrypoint extends Entrypoint {
  async fetch(_request: Request): Promise<Response> {
    return new Response(this.env.ANSWER)
  }

  price(): number {
    return 10
  }
}

describe("The door goes around", () => {
  const workers = {
    "an object with a function": { fetch: (_: Request, { ANSWER }: Env) => new Response(ANSWER) },
    "an object with a method that uses its own state": new Chatbot(),
    "a Hono app": hono(),
    "a router that answers every name": router()
  }
  for (const [name, worker] of Object.entries(workers)) {
    it.effect(`${name}, once or twice, and records once`, () =>
      Effect.gen(function* () {
        const { platform, recorded, wrap } = yield* door
        for (const wrapped of [wrap(worker as Chatbot), wrap(wrap(worker as Chatbot))]) {
          const response = yield* Effect.promise(async () =>
            wrapped.fetch(ask(body), env, platform)
          )
          assert.strictEqual(yield* Effect.promise(() => response.text()), answer)
        }
        yield* recorded
        const { queries, responses } = yield* events
        assert.lengthOf(queries, 2)
        assert.deepStrictEqual(
          responses.map(({ response }) => response),
          [answer, answer]
        )
      }).pipe(Effect.provide(world))
    )
  }

  it.effect("a class of Cloudflare's, whose instances stay what they were", () =>
    Effect.gen(function* () {
      const { platform, recorded, wrap } = yield* door
      const Wrapped = wrap(wrap(ChatbotEntrypoint))
      const instance = new Wrapped(platform, env)
      assert.instanceOf(instance, ChatbotEntrypoint)
      assert.strictEqual(instance.price(), 10)
      const response = yield* Effect.promise(() => instance.fetch(ask(body)))
      assert.strictEqual(yield* Effect.promise(() => response.text()), answer)
      yield* recorded
      assert.lengthOf(yield* published, 2)
    }).pipe(Effect.provide(world))
  )
})

describe("A wrapped Worker", () => {
  it.effect("gets its request, environment and context as they are", () =>
    Effect.gen(function* () {
      const { platform, recorded, wrap } = yield* door
      const request = ask(body)
      const seen: Array<unknown> = []
      const worker = wrap({
        fetch: (...all: ReadonlyArray<unknown>) => {
          seen.push(...all)
          return new Response(answer)
        }
      })
      const response = yield* Effect.promise(async () => worker.fetch(request, env, platform))
      yield* Effect.promise(() => response.text())
      yield* recorded
      assert.strictEqual(seen[0], request)
      assert.strictEqual(seen[1], env)
      assert.strictEqual(seen[2], platform)
    }).pipe(Effect.provide(world))
  )

  it.effect("answers what asks nothing by itself, in the same turn", () =>
    Effect.gen(function* () {
      const { platform, wrap } = yield* door
      const page = new Response("page")
      const worker = wrap({ fetch: () => page })
      assert.strictEqual(worker.fetch(new Request("https://x.example/"), {}, platform), page)
    }).pipe(Effect.provide(world))
  )

  it("keeps its other handlers, and gets one that empties the outbox if it has none", () => {
    const scheduled = withAnalytics(new Chatbot()).scheduled
    assert.strictEqual(scheduled(), "Ten,crowns")
    const calls: Array<unknown> = []
    const queue = (batch: unknown) => void calls.push(batch)
    const worker = withAnalytics({ fetch: () => new Response(), queue })
    worker.queue("a batch")
    assert.deepStrictEqual(calls, ["a batch"])
    assert.isFunction(withAnalytics({ fetch: () => new Response() }).queue)
    assert.isFunction(drainOutbox)
  })

  it.effect("may run where the platform gives no context, or refuses more work", () =>
    Effect.gen(function* () {
      const { wrap } = yield* door
      const worker = wrap({ fetch: () => new Response(answer) })
      const refuses = {
        waitUntil: () => {
          throw new Error("too late")
        }
      }
      for (const platform of [undefined, {}, refuses]) {
        const response = yield* Effect.promise(async () =>
          worker.fetch(ask(body), {}, platform as never)
        )
        assert.strictEqual(yield* Effect.promise(() => response.text()), answer)
      }
    }).pipe(Effect.provide(world))
  )
})

describe("A handler that reads the body", () => {
  for (const [when, fetch] of [
    ["before it answers", async (request: Request) => new Response(await request.text())],
    ["while it answers", (request: Request) => new Response(request.body)],
    ["not at all", () => new Response(answer)]
  ] as const) {
    it.effect(`${when} gets it whole, and is recorded`, () =>
      Effect.gen(function* () {
        const { text } = yield* answered(fetch, ask(body))
        assert.include([answer, JSON.stringify(body)], text)
        assert.deepInclude((yield* events).queries[0], { query: body.message })
      }).pipe(Effect.provide(world))
    )
  }

  it.effect("not at all, where it never ends, is not waited for", () =>
    Effect.gen(function* () {
      const { platform, wrap } = yield* door
      const endless = () => post(new ReadableStream({ pull: () => new Promise(() => undefined) }))
      const refusing = wrap({ fetch: () => new Response("Who are you?", { status: 401 }) })
      const refused = yield* Effect.promise(async () => refusing.fetch(endless(), {}, platform))
      assert.strictEqual(refused.status, 401)
      const answering = wrap({ fetch: () => new Response(answer) }).fetch(endless(), {}, platform)
      yield* settled
      yield* TestClock.adjust("1 second")
      const response = yield* Effect.promise(async () => answering)
      assert.strictEqual(yield* Effect.promise(() => response.text()), answer)
    }).pipe(Effect.provide(world))
  )
})
