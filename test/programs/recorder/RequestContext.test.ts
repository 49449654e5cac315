import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { Published } from "../../../src/layers/EventQueueMemory.ts"
import { requestContextOf } from "../../../src/programs/recorder/RequestContext.ts"
import { ask, handled, jsonHeaders, world } from "../edge/Requests.ts"

const requestWith = (headers: Readonly<Record<string, string>>) =>
  ask({ query: "Hello?" }, { ...jsonHeaders, ...headers })

/** The platform's knowledge of a request; the test does the later work itself. */
const knownOf = (headers: Readonly<Record<string, string>>) => {
  const { later: _, ...known } = requestContextOf(requestWith(headers), () => undefined)
  return known
}

describe("A client's x-request-id", () => {
  it.effect("is told back, and is a label of the question and never its id", () =>
    Effect.gen(function* () {
      const label = "00000000-0000-4000-8000-0000000000ff"
      const requestIds = new Set<string>()
      for (let n = 0; n < 10; n += 1) {
        const request = requestWith({ "x-request-id": label })
        const { afterwards, response } = yield* handled(request, knownOf({ "x-request-id": label }))
        yield* afterwards
        assert.strictEqual(response.headers.get("x-request-id"), label)
        requestIds.add((yield* Effect.promise(() => response.json())).requestId)
      }
      const events = yield* Effect.flatMap(Published, Ref.get)
      const questions = events.filter((event) => event.eventType === "query")
      assert.strictEqual(requestIds.size, 10)
      assert.deepStrictEqual(
        new Set(events.map(({ requestId }) => requestId as string)),
        requestIds
      )
      assert.isFalse(requestIds.has(label))
      assert.deepStrictEqual(
        questions.map(({ metadata }) => metadata.clientRequestId),
        questions.map(() => label)
      )
    }).pipe(Effect.provide(world()))
  )

  for (const [how, value] of [
    ["is longer than any log needs", "0".repeat(129)],
    ["holds more than visible characters", "a b"],
    ["is empty", ""]
  ] as const) {
    it(`is ignored when it ${how}`, () =>
      assert.isUndefined(knownOf({ "x-request-id": value }).clientRequestId))
  }
})

describe("The limit of questions", () => {
  it("counts all addresses of one IPv6 network together", () => {
    const [one, other] = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::"].map(
      (address) => knownOf({ "cf-connecting-ip": address }).address
    )
    assert.strictEqual(one, other)
  })

  it("counts visitors without an address together", () =>
    assert.strictEqual(knownOf({}).address, knownOf({ "cf-connecting-ip": "" }).address))
})
