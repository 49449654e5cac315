/**
 * Goal: an answer reaches its visitor as if nobody read it, whatever its body is made of.
 * Method: the same Worker in workerd with a copy and bare, between a chatbot and a visitor.
 */
import { once } from "node:events"
import { type IncomingMessage, request } from "node:http"
import { createGunzip, createGzip, constants as zlib } from "node:zlib"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { build } from "esbuild"
import { Log, LogLevel, Miniflare } from "miniflare"
import { workerSettings } from "../../infra/bundles.ts"
import { readWorkerDefinition } from "../../infra/definitions/WorkerDefinition.ts"
import * as ChatbotDouble from "../layers/ChatbotDouble.ts"
import { eventually } from "./eventually.ts"
import type { Kind, Noticed } from "./passingWorker.ts"

const piece = (n: number) => `data: {"response":"${n} "}\n\n`

const pieces = (count: number) => Array.from({ length: count }, (_, n) => piece(n))

const bundled = Effect.promise(async () => {
  const { outputFiles } = await build({
    ...workerSettings,
    sourcemap: false,
    entryPoints: ["test/e2e/passingWorker.ts"]
  })
  return outputFiles[0]?.text ?? ""
})

/** Runs the Worker, with and without a signal of the visitor's leaving, until the scope ends. */
const started = Effect.fnUntraced(function* (say: ChatbotDouble.Saying, tellsOfLeaving = true) {
  const chatbot = yield* ChatbotDouble.serve(say)
  const script = yield* bundled
  const { compatibility_date: compatibilityDate } = yield* readWorkerDefinition
  const worker = yield* Effect.acquireRelease(
    Effect.sync(
      () =>
        new Miniflare({
          host: "127.0.0.1",
          cf: false,
          log: new Log(LogLevel.NONE),
          modules: true,
          script,
          compatibilityDate,
          compatibilityFlags: tellsOfLeaving ? ["enable_request_signal"] : [],
          bindings: { CHATBOT_URL: chatbot.url.href }
        })
    ),
    (running) => Effect.promise(() => running.dispose().catch(() => undefined))
  )
  const url = yield* Effect.promise(() => worker.ready)
  const noticed = Effect.promise(async () => {
    const response = await fetch(new URL("/noticed", url))
    return (await response.json()) as ReadonlyArray<Noticed>
  })
  const ask = (path: "bare" | "passed", kind: Kind, more = "", method = "GET") =>
    asked(new URL(`/${path}?kind=${kind}${more}`, url), method)
  return { chatbot, noticed, ask }
})

/** Asks without decoding, so that the wire itself is seen. */
const asked = (url: URL, method: string) =>
  Effect.promise(
    () =>
      new Promise<IncomingMessage>((resolve, reject) => {
        request(url, { method, agent: false }, resolve).on("error", reject).end()
      })
  )

const read = Effect.fnUntraced(function* (response: IncomingMessage) {
  const chunks: Array<Buffer> = []
  yield* Effect.promise(async () => {
    for await (const chunk of response) chunks.push(chunk)
  })
  const { headers, statusCode } = response
  const { date, ...others } = headers
  return { status: statusCode, headers: others, body: Buffer.concat(chunks).toString("latin1") }
})

/** Waits for the next piece, and leaves the rest. */
const next = (response: IncomingMessage) =>
  Effect.promise(
    () =>
      new Promise<string>((resolve) => {
        response.once("data", (data: Buffer) => {
          response.pause()
          resolve(data.toString("latin1"))
        })
        response.resume()
      })
  )

const stream = { "content-type": "text/event-stream" }

const many =
  (count: number): ChatbotDouble.Saying =>
  async (response) => {
    response.writeHead(200, stream)
    for (const one of pieces(count)) {
      if (!response.write(one)) await new Promise((resolve) => response.once("drain", resolve))
    }
    response.end()
  }

/** Node.js tells the length of what is said at once. */
const atOnce = ChatbotDouble.saying(pieces(100).join(""), 200, stream)

/** Compresses each piece by itself. */
const compressed: ChatbotDouble.Saying = async (response) => {
  response.writeHead(200, { ...stream, "content-encoding": "gzip" })
  const gzip = createGzip({ flush: zlib.Z_SYNC_FLUSH })
  gzip.pipe(response)
  for (const one of pieces(5)) await new Promise((resolve) => gzip.write(one, resolve))
  gzip.end()
}

/** Speaks once, and goes on when it is told to. */
const inTwo = () => {
  const { promise, resolve } = Promise.withResolvers<"end" | "break">()
  const say: ChatbotDouble.Saying = async (response) => {
    response.writeHead(200, stream).write(piece(0))
    if ((await promise) === "break") response.destroy()
    else response.end(piece(1))
  }
  return { say, go: resolve }
}

const endless: ChatbotDouble.Saying = (response) => {
  let n = 0
  response.writeHead(200, stream)
  const timer = setInterval(() => response.write(piece(n++)), 20)
  response.on("close", () => clearInterval(timer))
}

const streamed = ["native", "bytes", "pieces", "transformed"] as const

layer(NodeServices.layer, { excludeTestServices: true })("An answer that passes", (it) => {
  const unchanged: ReadonlyArray<readonly [string, Kind, ChatbotDouble.Saying, number]> = [
    ["of 20,000 pieces", "native", many(20_000), 20_000],
    ...streamed.map((kind) => [`of 1000 pieces, ${kind},`, kind, many(1000), 1000] as const),
    ["from memory", "memory", atOnce, 100],
    ["of a known length", "native", atOnce, 100],
    ["that is compressed", "native", compressed, 5],
    ["without a body", "empty", atOnce, 0]
  ]
  for (const [name, kind, say, count] of unchanged) {
    it.effect(
      `${name} is the same with a copy and without, and is read whole`,
      () =>
        Effect.gen(function* () {
          const { ask, noticed } = yield* started(say)
          const bare = yield* read(yield* ask("bare", kind))
          assert.deepStrictEqual(yield* read(yield* ask("passed", kind)), bare)
          if (count === 0) return
          const text = pieces(count).join("")
          const expected: Noticed = { ending: "complete", isWhole: true, text }
          yield* eventually(Effect.map(noticed, (all) => assert.deepStrictEqual(all, [expected])))
        }),
      120_000
    )
  }

  for (const kind of streamed) {
    it.effect(`piece by piece is not held, ${kind}`, () =>
      Effect.gen(function* () {
        const { go, say } = inTwo()
        const { ask } = yield* started(say)
        const response = yield* ask("passed", kind)
        assert.strictEqual(yield* next(response), piece(0))
        go("end")
        assert.strictEqual((yield* read(response)).body, piece(1))
      })
    )

    it.effect(`and breaks off is read as far as it came, ${kind}`, () =>
      Effect.gen(function* () {
        const { go, say } = inTwo()
        const { ask, noticed } = yield* started(say)
        const response = yield* ask("passed", kind)
        assert.strictEqual(yield* next(response), piece(0))
        go("break")
        yield* eventually(
          Effect.map(noticed, ([one]) =>
            assert.deepInclude(one, {
              ending: "broken_off",
              // workerd clears the copy of a stream that imitates the platform's own
              ...(kind === "bytes" ? {} : { text: piece(0) })
            })
          )
        )
      })
    )

    it.effect(`goes on when the copy is let go, ${kind}`, () =>
      Effect.gen(function* () {
        const { ask, noticed } = yield* started(many(1000))
        const { body } = yield* read(yield* ask("passed", kind, "&bytesMax=1000"))
        assert.strictEqual(body, pieces(1000).join(""))
        const [one] = yield* eventually(
          Effect.map(noticed, (all) => {
            assert.lengthOf(all, 1)
            return all
          })
        )
        assert.deepInclude(one, { ending: "complete", isWhole: false })
      })
    )

    for (const tellsOfLeaving of [true, false]) {
      const how = tellsOfLeaving ? "with" : "without"
      it.effect(`ends at the chatbot when its visitor leaves, ${kind}, ${how} a signal`, () =>
        Effect.gen(function* () {
          const { ask, chatbot, noticed } = yield* started(endless, tellsOfLeaving)
          const response = yield* ask("passed", kind)
          yield* next(response)
          response.destroy()
          yield* eventually(Effect.sync(() => assert.isTrue(chatbot.asked[0]?.left())))
          const [one] = yield* eventually(
            Effect.map(noticed, (all) => {
              assert.lengthOf(all, 1)
              return all
            })
          )
          assert.deepInclude(one, { ending: "visitor_left", isWhole: true })
          assert.isTrue(one?.text.startsWith(piece(0)))
        })
      )
    }
  }

  it.effect("compressed and piece by piece is not held", () =>
    Effect.gen(function* () {
      const spoken = Promise.withResolvers<void>()
      const { ask } = yield* started(async (response) => {
        response.writeHead(200, { ...stream, "content-encoding": "gzip" })
        const gzip = createGzip({ flush: zlib.Z_SYNC_FLUSH })
        gzip.pipe(response)
        gzip.write(piece(0))
        await spoken.promise
        gzip.end()
      })
      const response = yield* ask("passed", "native")
      const decoded = createGunzip()
      response.pipe(decoded)
      const [first] = yield* Effect.promise(() => once(decoded, "data"))
      assert.strictEqual(first.toString("utf8"), piece(0))
      spoken.resolve()
    })
  )
})
