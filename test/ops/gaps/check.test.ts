/** `ops gaps check` against bots on the wire, which answer as each test says. */
import { readFileSync, writeFileSync } from "node:fs"
import type { IncomingHttpHeaders, ServerResponse } from "node:http"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { serveHttp } from "../../layers/HttpDouble.ts"
import { startOps } from "../dlq/Operator.ts"

type Say = (response: ServerResponse, turn: number, body: string) => void

const json = (response: ServerResponse, body: object, status = 200) =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))

const answers: Say = (response) => json(response, { answer: "Yes, every winter." })
const misses: Say = (response) => json(response, { answer: "I don't know." })
const fails: Say = (response) => json(response, { error: "oh" }, 500)

const line = (changes: object = {}): string =>
  JSON.stringify({
    version: 1,
    id: "2026-W47-1",
    state: "drafted",
    since: "2026-11-16",
    wordings: [{ text: 'Do you "ski"?', first: "2026-11-16", last: "2026-11-16" }],
    ...changes
  })

const started = Effect.fnUntraced(function* (say: Say, ...lines: ReadonlyArray<string>) {
  const asked: Array<{ readonly headers: IncomingHttpHeaders; readonly body: string }> = []
  const port = yield* serveHttp(({ headers }, body, response) => {
    asked.push({ headers, body })
    say(response, asked.length, body)
  })
  const file = `${yield* temporaryFolder}/gaps.jsonl`
  writeFileSync(file, lines.length === 0 ? line() : lines.join("\n"))
  const url = `http://127.0.0.1:${port}/chat`
  const check = (...words: ReadonlyArray<string>) =>
    Effect.suspend(() => {
      const given = ["--file", file, "--pace", "6000", "--against", url, ...words]
      const token = { CV_ANALYTICS_OWN_VISIT_TOKEN: "own" }
      return startOps("gaps", "check", ...given, token).ended
    })
  const state = () => JSON.parse(readFileSync(file, "utf8").split("\n")[0] ?? "").state
  return { asked, check, state }
})

layer(NodeServices.layer, { excludeTestServices: true })("ops gaps check", (it) => {
  it.effect("asks once, as the owner's own visit, and calls the gap answered", () =>
    Effect.gen(function* () {
      const { asked, check, state } = yield* started(answers)
      const { code, error, out } = yield* check()
      assert.strictEqual(code, 0, error)
      assert.include(out, 'answered  2026-W47-1  Do you "ski"?')
      assert.include(out, "1 answered, 0 wavering, 0 missed, 0 unknown.")
      assert.strictEqual(state(), "answered")
      assert.lengthOf(asked, 1)
      assert.strictEqual(asked[0]?.body, JSON.stringify({ query: 'Do you "ski"?' }))
      assert.include(asked[0]?.headers, { "x-own-visit": "own" })
    })
  )

  it.effect("asks as --body says, and reads streams of events", () =>
    Effect.gen(function* () {
      const chunk = (content: string) =>
        `data: ${JSON.stringify({ object: "chat.completion.chunk", choices: [{ delta: { content } }] })}\n\n`
      const { asked, check } = yield* started((response) => {
        response.writeHead(200, { "content-type": "text/event-stream" })
        response.end(`${chunk("Yes, ")}${chunk("often.")}data: [DONE]\n\n`)
      })
      const body = '{"messages":[{"role":"user","content":"{{question}}"}],"stream":true}'
      assert.strictEqual((yield* check("--body", body)).code, 0)
      assert.deepStrictEqual(JSON.parse(asked[0]?.body ?? ""), {
        messages: [{ role: "user", content: 'Do you "ski"?' }],
        stream: true
      })
    })
  )

  it.effect("exits with 1 when a wording is missed in all three tries, and calls it back", () =>
    Effect.gen(function* () {
      const answered = line({ state: "closed", answered: { at: "2026-11-17", by: "bot" } })
      const { asked, check, state } = yield* started(misses, answered)
      const { code, error, out } = yield* check("--regression")
      assert.strictEqual(code, 1)
      assert.include(out, "MISSED    2026-W47-1")
      assert.include(error, "missed: 1 wording, each in three tries")
      assert.lengthOf(asked, 3)
      assert.strictEqual(state(), "back")
    })
  )

  it.effect("counts the quotation of an unfinished draft as a miss", () =>
    Effect.gen(function* () {
      const draft: Say = (response) => json(response, { answer: "[to be filled in]" })
      assert.strictEqual((yield* (yield* started(draft)).check()).code, 1)
    })
  )

  it.effect("tells a bot that answers only sometimes: 0, or 4 with --steady", () =>
    Effect.gen(function* () {
      const sometimes: Say = (response, turn) =>
        (turn % 3 === 0 ? answers : misses)(response, turn, "")
      const { check, state } = yield* started(sometimes)
      const loose = yield* check()
      assert.strictEqual(loose.code, 0)
      assert.include(loose.out, "wavers    2026-W47-1")
      assert.include(loose.out, "(only at try 3)")
      assert.strictEqual(state(), "answered")
      const steady = yield* check("--steady")
      assert.strictEqual(steady.code, 4)
      assert.include(steady.error, "answered only sometimes: 1 wording")
    })
  )

  it.effect("exits with 3 when the bot fails, and leaves the gap as it is", () =>
    Effect.gen(function* () {
      for (const [say, words] of [
        [fails, 'UNKNOWN   2026-W47-1  Do you "ski"? (failed: HTTP 500)'],
        [(response) => json(response, {}, 422), "(refused: HTTP 422)"],
        [(response) => void response.destroy(), "(away: no connection, or it broke off)"],
        [(response) => json(response, { weather: 1 }), "(refused: its answer cannot be read)"]
      ] as const satisfies ReadonlyArray<readonly [Say, string]>) {
        const { check, state } = yield* started(say)
        const { code, error, out } = yield* check()
        assert.strictEqual(code, 3, words)
        assert.include(out, words)
        assert.include(error, "the bot failed, was away or refused: 1 wording unknown")
        assert.strictEqual(state(), "drafted")
      }
    })
  )

  it.effect("waits as long as the bot asks with Retry-After", () =>
    Effect.gen(function* () {
      const { asked, check } = yield* started((response, turn) =>
        turn === 1
          ? void response.writeHead(429, { "retry-after": "0" }).end()
          : answers(response, turn, "")
      )
      const { code, error } = yield* check()
      assert.strictEqual(code, 0)
      assert.include(error, "the bot asks for patience: waiting 0 s")
      assert.lengthOf(asked, 2)
    })
  )

  it.effect("asks no further once the bot has asked for patience six times", () =>
    Effect.gen(function* () {
      const impatient: Say = (response) =>
        void response.writeHead(429, { "retry-after": "0" }).end()
      const { asked, check, state } = yield* started(impatient, line(), line({ id: "2026-W47-2" }))
      const { code, out } = yield* check()
      assert.strictEqual(code, 3)
      assert.include(out, "(refused: it takes no more questions (HTTP 429))")
      assert.deepStrictEqual([asked.length, state()], [6, "drafted"])
    })
  )

  it.effect("leaves out ignored gaps, and wordings of which only a hash is left", () =>
    Effect.gen(function* () {
      const hash = { hash: "abc", first: "2026-01-01", last: "2026-01-01" }
      const { asked, check } = yield* started(
        misses,
        line({ state: "ignored" }),
        line({ id: "2026-W47-2", wordings: [hash] })
      )
      const { code, error } = yield* check()
      assert.strictEqual(code, 0)
      assert.include(error, "1 wording expired: not asked")
      assert.isEmpty(asked)
    })
  )

  it.effect("refuses a body without a place for the question, and a call without a bot", () =>
    Effect.gen(function* () {
      const { check } = yield* started(answers)
      for (const body of ["{", '{"query":"hello"}', '"{{question"']) {
        const { code, error } = yield* check("--body", body)
        assert.strictEqual(code, 2)
        assert.include(error, "--body must")
      }
      assert.strictEqual((yield* check("--local")).code, 2)
    })
  )
})
