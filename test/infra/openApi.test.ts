/** The published description is generated, valid, and true of what the Worker answers. */
import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { registerSchema, validate } from "@hyperjump/json-schema/openapi-3-1"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { openApi, openApiText } from "../../infra/openApi.ts"
import { type ProblemCode, problems, toResponse } from "../../src/programs/edge/Problem.ts"
import { AnswererTimedOut, AnswererUnavailable } from "../../src/services/Answerer.ts"
import { ask, handled, post, rateLimit, world } from "../programs/edge/Requests.ts"
import * as Recorder from "../programs/recorder/Door.ts"
import { tokensOf, voted, voteRequest, votesOn } from "../programs/recorder/Votes.ts"
import { askedAt, requestIdOf } from "../schema/EventExamples.ts"
import { worker } from "./Worker.ts"

const dialect = "https://spec.openapis.org/oas/3.1/schema-base"
const address = "https://cv.example.com/openapi.json"

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value))
const document = openApi()
registerSchema(asJson(document), address, dialect)

const pointer = (...steps: ReadonlyArray<string>): string =>
  steps.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")

const assertValid = async (value: unknown, ...steps: ReadonlyArray<string>) => {
  const output = await validate(`${address}#${pointer(...steps)}`, asJson(value), "BASIC")
  assert.deepStrictEqual(output, { valid: true }, JSON.stringify(value))
}

type Operation = "post" | "get" | "head" | "options"

const operationsAt = (path: string): Readonly<Record<string, Described>> =>
  Object(document.paths)[path]

interface Described {
  readonly responses: Readonly<
    Record<string, { readonly headers: object; readonly content?: Record<string, object> }>
  >
}

/** The response is one of those that the operation may have, in type, headers and body. */
const assertDescribed = async (response: Response, path: string, operation: Operation) => {
  const status = String(response.status)
  const described = operationsAt(path)[operation]?.responses[status]
  assert.isDefined(described, `${operation} ${path} has no ${status}`)
  for (const name of response.headers.keys()) {
    if (name !== "content-type" && name !== "vary") assert.property(described?.headers, name)
  }
  const type = response.headers.get("content-type")?.split(";", 1)[0]
  if (response.body === null) return
  assert.property(described?.content, type ?? "")
  const body: unknown = type?.endsWith("json") ? await response.json() : await response.text()
  const steps = [operation, "responses", status, "content", type ?? "", "schema"]
  await assertValid(body, "paths", path, ...steps)
}

const at = (method: string, path: string) =>
  new Request(`https://cv.example.com${path}`, { method })

const question = () => ask({ query: "Which databases?" })
const streaming = { "content-type": "application/json", accept: "text/event-stream" }
const foreign = { "content-type": "application/json", origin: "https://elsewhere.example" }
const timedOut = new AnswererTimedOut({ afterMs: 1 })
const down = new AnswererUnavailable({ detail: "down" })
const full = rateLimit(Effect.succeed(false))
const broken = rateLimit(Effect.die("a bug"))

const refused = [
  ["origin_not_allowed", () => ask({ query: "q" }, foreign), world()],
  ["too_many_questions", question, Layer.merge(world(), full)],
  ["unsupported_media_type", () => ask({ query: "q" }, { "content-type": "text/plain" }), world()],
  ["body_too_large", () => post(" ".repeat(17_000)), world()],
  ["malformed_json", () => post("{"), world()],
  ["invalid_body", () => ask({}), world()],
  ["question_empty", () => ask({ query: " " }), world()],
  ["question_too_long", () => ask({ query: "x".repeat(2001) }), world()],
  ["answer_timed_out", question, world(Effect.fail(timedOut))],
  ["answer_unavailable", question, world(Effect.fail(down))],
  ["internal_error", question, Layer.merge(world(), broken)]
] as const satisfies ReadonlyArray<readonly [ProblemCode, () => Request, unknown]>

const token = await tokensOf().sign({ requestId: requestIdOf(1), timestamp: askedAt })
const vote = { token, rating: "down", reason: "wrong", comment: "Not so." }
const voteOf = (body: object) => voteRequest(JSON.stringify(body))
const votes = Layer.mergeAll(world(), Recorder.world, votesOn)
const otherVersion = { ...vote, token: token.replace(/^v1/, "v2") }

const refusedVotes = [
  ["origin_not_allowed", () => voteRequest(JSON.stringify(vote), foreign), votes],
  ["too_many_questions", () => voteOf(vote), Layer.merge(votes, full)],
  ["unsupported_media_type", () => voteRequest("{}", { "content-type": "text/plain" }), votes],
  ["body_too_large", () => voteRequest(" ".repeat(17_000)), votes],
  ["malformed_json", () => voteRequest("{"), votes],
  ["votes_off", () => voteOf(vote), Layer.merge(world(), Recorder.world)],
  ["invalid_vote", () => voteOf({ ...vote, rating: "sideways" }), votes],
  ["vote_refused", () => voteOf(otherVersion), votes],
  ["internal_error", () => voteOf(vote), Layer.merge(votes, broken)]
] as const satisfies ReadonlyArray<readonly [ProblemCode, () => Request, unknown]>

const taken = [
  [question(), "post"],
  [at("GET", "/health"), "get"],
  [at("HEAD", "/health"), "head"],
  [at("OPTIONS", "/health"), "options"],
  [at("OPTIONS", "/query"), "options"],
  [at("OPTIONS", "/feedback"), "options"]
] as const

describe("The OpenAPI document", () => {
  it("is what `npm run build` makes of the schemas", () => {
    const written = readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8")
    assert.strictEqual(written, openApiText())
  })

  it("is valid OpenAPI 3.1, by a validator that says no to another", async () => {
    const valid = async (value: object) => (await validate(dialect, asJson(value))).valid
    assert.isTrue(await valid(document))
    assert.isFalse(await valid({ ...document, paths: { query: {} } }))
    assert.isFalse(await valid({ ...document, openapi: "3.0.3" }))
  })

  it("knows the paths that the Worker gets before the page", () =>
    assert.sameMembers(Object.keys(document.paths), [...worker.assets.run_worker_first]))

  it.effect("knows each path's methods, and the Worker knows no others", () =>
    Effect.gen(function* () {
      for (const path of Object.keys(document.paths)) {
        const { response } = yield* handled(at("DELETE", path))
        const allowed = response.headers.get("allow")?.toLowerCase().split(", ") ?? []
        assert.sameMembers(allowed, Object.keys(operationsAt(path)))
      }
    }).pipe(Effect.provide(world()))
  )

  it("has each problem where it can happen, with an example that holds", async () => {
    const examples = ["/query", "/feedback"].flatMap((path) =>
      Object.entries(operationsAt(path).post?.responses ?? {}).flatMap(([status, response]) => {
        const { "application/problem+json": media } = Object(response.content)
        return Object.entries(Object(media?.examples)).map(([code, example]) => {
          const { value } = Object(example)
          assert.strictEqual(String(value.status), status)
          return [code, value] as const
        })
      })
    )
    const elsewhere = ["not_found", "method_not_allowed"]
    const found = new Set([...examples.map(([code]) => code), ...elsewhere])
    assert.sameMembers([...found], Object.keys(problems))
    for (const [, value] of examples) await assertValid(value, "components", "schemas", "Problem")
  })
})

describe("What the Worker answers is described:", () => {
  for (const [code, request, services] of refused) {
    it.effect(code, () =>
      Effect.gen(function* () {
        const { response } = yield* handled(request())
        assert.deepInclude(yield* Effect.promise(() => response.clone().json()), { code })
        yield* Effect.promise(() => assertDescribed(response, "/query", "post"))
      }).pipe(Effect.provide(services))
    )
  }

  for (const [code, request, services] of refusedVotes) {
    it.effect(`${code}, of a vote`, () =>
      Effect.gen(function* () {
        const asked = request()
        const vote = Effect.provide(voted(asked), services)
        const { response } = yield* Effect.provide(handled(asked, { vote }), services)
        assert.deepInclude(yield* Effect.promise(() => response.clone().json()), { code })
        yield* Effect.promise(() => assertDescribed(response, "/feedback", "post"))
      })
    )
  }

  it.effect("a vote that is taken, and its body", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(askedAt)
      const asked = voteOf(vote)
      const { response } = yield* handled(asked, { vote: Effect.provide(voted(asked), votes) })
      assert.strictEqual(response.status, 202)
      yield* Effect.promise(() => assertDescribed(response, "/feedback", "post"))
      yield* Effect.promise(() => assertValid(vote, "components", "schemas", "Vote"))
    }).pipe(Effect.provide(votes))
  )

  for (const code of ["request_timeout", "misconfigured"] as const) {
    for (const path of ["/query", "/feedback"]) {
      it(`${code} at ${path}`, () => assertDescribed(toResponse(code), path, "post"))
    }
  }

  it("every problem is among them", () => {
    const seen = [...refused, ...refusedVotes].map(([code]) => code)
    const others = ["not_found", "method_not_allowed", "request_timeout", "misconfigured"]
    const all = new Set<string>([...seen, ...others, "vote_unavailable"])
    assert.sameMembers([...all], Object.keys(problems))
  })

  for (const [request, operation] of taken) {
    const { pathname } = new URL(request.url)
    it.effect(`${request.method} ${pathname}`, () =>
      Effect.gen(function* () {
        const { response } = yield* handled(request)
        assert.isTrue(response.ok)
        yield* Effect.promise(() => assertDescribed(response, pathname, operation))
      }).pipe(Effect.provide(world()))
    )
  }

  it.effect("an answer in events", () =>
    Effect.gen(function* () {
      const { response } = yield* handled(ask({ query: "q" }, streaming))
      const copy = response.clone()
      yield* Effect.promise(() => assertDescribed(response, "/query", "post"))
      const events = (yield* Effect.promise(() => copy.text())).trim().split("\n\n")
      assert.strictEqual(events.pop(), "data: [DONE]")
      assert.strictEqual(events.length, 2)
      for (const event of events) {
        const chunk: unknown = JSON.parse(event.slice("data: ".length))
        yield* Effect.promise(() => assertValid(chunk, "components", "schemas", "AnswerChunk"))
      }
    }).pipe(Effect.provide(world()))
  )
})
