import { createInterface } from "node:readline"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { queryHalf, responseHalf, someCorrelated } from "../../contracts/fixtures/interactions.ts"
import { startOps } from "../dlq/Operator.ts"
import { inFrontOf } from "../inFrontOf.ts"
import { localServices } from "../report/LocalServices.ts"

/** Waits for the next line of a stream. */
const linesOf = (stream: NodeJS.ReadableStream) => {
  const lines = createInterface({ input: stream })[Symbol.asyncIterator]()
  return Effect.promise(() => lines.next()).pipe(Effect.map(({ value }) => String(value)))
}

const secret = "my-secret-question"

const following = Effect.fnUntraced(function* (...words: ReadonlyArray<string>) {
  const services = yield* localServices
  const old = someCorrelated(Date.now() - 1000, { query: secret })
  yield* services.record(old)
  const ops = startOps("tail", ...words, ...services.flags)
  const [nextError, nextLine] = [linesOf(ops.child.stderr), linesOf(ops.child.stdout)]
  assert.strictEqual(yield* nextError, "Following npm start; Ctrl-C ends it.")
  return { ...services, ops, nextLine, nextError }
})

layer(NodeServices.layer, { excludeTestServices: true })("ops tail", (it) => {
  it.effect(
    "prints a line for each new interaction, without content, and ends with Ctrl-C",
    () =>
      Effect.gen(function* () {
        const { nextError, nextLine, ops, record } = yield* following()
        const one = someCorrelated(Date.now(), { query: secret })
        yield* record(queryHalf(one), { agent: "person", device: "desktop", browser: "Firefox" })
        assert.strictEqual(
          yield* nextLine,
          `${new Date(one.query.timestamp).toISOString()}  ${one.query.requestId}  ` +
            "no answer yet           person GB desktop Firefox"
        )
        yield* record(responseHalf(one))
        assert.match(yield* nextLine, / {2}full 0\.75 in 39 ms +person GB desktop Firefox$/)
        ops.child.kill("SIGINT")
        assert.strictEqual(yield* nextError, "")
        assert.strictEqual(yield* nextError, "2 lines.")
        assert.strictEqual((yield* ops.ended).code, 130)
      }),
    60_000
  )

  it.effect(
    "prints one object a line, and the question on request",
    () =>
      Effect.gen(function* () {
        const { nextLine, ops, record } = yield* following("--json", "--with-text")
        const one = someCorrelated(Date.now(), { query: `${secret}\u009b2J` })
        yield* record(one, { agent: "bot" })
        const line = yield* nextLine
        assert.notInclude(line, "\u009b")
        assert.deepInclude(JSON.parse(line), {
          requestId: one.query.requestId,
          status: "correlated",
          visitor: { country: "GB", agent: "bot" },
          question: `${secret}\u009b2J`
        })
        ops.child.kill("SIGKILL")
      }),
    60_000
  )

  it.effect(
    "continues after the table was away for a while",
    () =>
      Effect.gen(function* () {
        const { port, record } = yield* localServices
        let state: "there" | "away" | "back" = "there"
        const proxy = yield* inFrontOf(`http://127.0.0.1:${port + 3}`, () =>
          state === "away" ? { refusedAs: "InternalServerError" } : "passed"
        )
        const place = ["--local", "--port", String(Number(new URL(proxy.endpoint).port) - 3)]
        const { child } = startOps("tail", ...place)
        const [nextError, nextLine] = [linesOf(child.stderr), linesOf(child.stdout)]
        yield* nextError
        state = "away"
        assert.strictEqual(
          yield* nextError,
          "DynamoDB does not answer (InternalServerError); trying again"
        )
        state = "back"
        yield* record(someCorrelated(Date.now()))
        assert.include(yield* nextLine, "full 0.75")
        child.kill("SIGKILL")
      }),
    60_000
  )
})
