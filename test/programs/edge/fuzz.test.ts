/** Every request gets a clear answer in the form of the contract, without a leak. */
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ProblemBody } from "../../../src/programs/edge/Bodies.ts"
import { hostileRequests, requestOf } from "./HostileRequests.ts"
import { handled, world } from "./Requests.ts"

const decodeProblem = Schema.decodeUnknownSync(ProblemBody, { onExcessProperty: "error" })

const answersOf = Effect.fnUntraced(function* (request: Request) {
  const { response, told } = yield* handled(request)
  return { response, told, text: yield* Effect.promise(() => response.text()) }
})

const statuses = [200, 204, 400, 403, 404, 405, 413, 415, 422]

describe("Any request", () => {
  it.effect.prop(
    "is answered clearly, and the answer is told or there is none",
    [hostileRequests],
    ([hostile]) =>
      Effect.gen(function* () {
        const request = requestOf(hostile)
        const { response, text, told } = yield* answersOf(request)
        assert.include(statuses, response.status)
        assert.match(response.headers.get("x-request-id") ?? "", /^[0-9a-f-]{36}$/)
        assert.notMatch(text, /\bat .*:\d+:\d+|node:internal|"stack"/)
        if (response.status >= 400 && request.method !== "HEAD") {
          assert.strictEqual(decodeProblem(JSON.parse(text)).status, response.status)
        }
        const isAnswered = response.status === 200 && request.method === "POST"
        assert.lengthOf(told, isAnswered ? 1 : 0)
      }).pipe(Effect.provide(world(), { local: true })),
    { arbitrary: { runs: 4000 }, timeout: 120_000 }
  )

  it.effect(
    "has met every possible answer",
    () =>
      Effect.gen(function* () {
        const seen = new Map<number, number>()
        const sample = { count: 4000, seed: 4711 }
        for (const hostile of yield* Arbitrary.sampleEffect(hostileRequests, sample)) {
          const { response } = yield* answersOf(requestOf(hostile)).pipe(
            Effect.provide(world(), { local: true })
          )
          seen.set(response.status, (seen.get(response.status) ?? 0) + 1)
        }
        for (const status of statuses) assert.isAbove(seen.get(status) ?? 0, 0, String(status))
      }),
    60_000
  )
})
