import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import { Published } from "../../../src/layers/EventQueueMemory.ts"
import { OwnVisitToken } from "../../../src/programs/recorder/OwnVisits.ts"
import { ask, handled, jsonHeaders, world } from "../edge/Requests.ts"

const token = "long-random-word"
const withToken = Layer.succeed(OwnVisitToken, Option.some(Redacted.make(token)))

const publishedFor = Effect.fnUntraced(function* (headers: Readonly<Record<string, string>>) {
  const question = { query: "Where do you work?" }
  const { afterwards } = yield* handled(ask(question, { ...jsonHeaders, ...headers }))
  yield* afterwards
  return yield* Effect.flatMap(Published, Ref.get)
})

const marksOf = (events: Effect.Success<ReturnType<typeof publishedFor>>) =>
  events.flatMap((event) => (event.eventType === "query" ? [event.metadata.own] : []))

describe("The owner's own visits", () => {
  it.effect("are marked when they carry the token, which goes no further", () =>
    Effect.gen(function* () {
      const events = yield* publishedFor({ "x-own-visit": token })
      assert.deepStrictEqual(marksOf(events), [true])
      assert.notInclude(JSON.stringify(events), token)
    }).pipe(Effect.provide([world(), withToken]))
  )

  it.effect("are not marked by another token, or by none", () =>
    Effect.gen(function* () {
      for (const guess of ["guess", token.slice(1), `${token} x`, token.toUpperCase()]) {
        yield* publishedFor({ "x-own-visit": guess })
      }
      const events = yield* publishedFor({})
      assert.deepStrictEqual(marksOf(events), new Array(5).fill(undefined))
    }).pipe(Effect.provide([world(), withToken]))
  )

  it.effect("are not marked where no token is configured, not even by an empty one", () =>
    Effect.gen(function* () {
      const events = yield* publishedFor({ "x-own-visit": "" })
      assert.deepStrictEqual(marksOf(events), [undefined])
    }).pipe(Effect.provide(world()))
  )
})
