import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { periodOf, utcWeekId } from "../../../src/schema/IsoWeek.ts"
import { AgentClassifier } from "../../../src/services/AgentClassifier.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { askedAt, queryEvent, responseEvent } from "../../schema/EventExamples.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { recordOf } from "./RecordExamples.ts"
import { idsReturned, world } from "./World.ts"

const metadata = {
  userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  referer: "https://blog.example.com:8443/post?utm=1",
  country: "SE",
  own: true
}
const query = recordOf("q1", queryEvent({ metadata }))
const response = recordOf("r1", responseEvent())

const storedQueries = Effect.gen(function* () {
  const store = yield* InteractionStore
  const period = periodOf(utcWeekId(askedAt), DateTime.zoneMakeNamedUnsafe("UTC"))
  const summaries = yield* Stream.runCollect(store.summaries(period))
  return summaries.flatMap((summary) => ("query" in summary ? [summary.query] : []))
})

const { question, ...plain } = {
  question: queryEvent().query,
  country: "SE",
  referrerHost: "blog.example.com",
  own: 1 as const,
  askedIn: "en"
}

const budget = 5000

describe("A stored visit", () => {
  it.effect("has the traits of its agent, its referrer's host and its owner", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* idsReturned([query, response], { budget }), [])
      assert.deepStrictEqual(yield* storedQueries, [
        { question, ...plain, agent: "person", device: "desktop", browser: "Firefox" }
      ])
    }).pipe(Effect.provide(world()))
  )

  it.effect("has the same traits when its halves come alone", () =>
    Effect.gen(function* () {
      yield* idsReturned([response], { budget })
      yield* idsReturned([query], { budget })
      assert.deepInclude((yield* storedQueries)[0], {
        agent: "person",
        referrerHost: "blog.example.com"
      })
    }).pipe(Effect.provide(world()))
  )

  it.effect("without metadata is of an unknown agent, and of nothing else", () =>
    Effect.gen(function* () {
      const bare = recordOf("q1", queryEvent({ metadata: {} }))
      assert.deepStrictEqual(yield* idsReturned([bare], { budget }), [])
      assert.deepStrictEqual(yield* storedQueries, [{ question, agent: "unknown", askedIn: "en" }])
    }).pipe(Effect.provide(world()))
  )
})

describe("A classifier that throws", () => {
  const secret = "secret-4711"
  for (const [name, thrown] of [
    ["an error", new TypeError(secret)],
    ["a text", secret],
    ["nothing", undefined]
  ] as const) {
    const broken = Layer.succeed(AgentClassifier, {
      classify: () => {
        throw thrown
      }
    })
    it.effect(`${name} costs the agent's traits, and neither the event nor its other traits`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* idsReturned([query, response], { budget }), [])
        assert.deepStrictEqual(yield* storedQueries, [{ question, ...plain, agent: "unknown" }])
        const warnings = (yield* CapturedLog.CapturedLog).filter(({ level }) => level === "Warn")
        assert.deepStrictEqual(
          warnings.map(({ message }) => message),
          ["visit not enriched"]
        )
      }).pipe(Effect.provide(Layer.merge(world(), broken)))
    )
  }
})
