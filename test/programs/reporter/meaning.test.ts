import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import * as MeaningWithStandIn from "../../../src/layers/MeaningWithStandIn.ts"
import * as MeaningWorkersAi from "../../../src/layers/MeaningWorkersAi.ts"
import { Correlated } from "../../../src/schema/Interaction.ts"
import type { KnownMeaning } from "../../../src/schema/report/Grouping.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { Meaning, MeaningUnavailable } from "../../../src/services/Meaning.ts"
import { refusing, serve } from "../../layers/WorkersAiDouble.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { frozen, mondayMorning, outbox, runOf, startMs, world } from "./ReporterWorld.ts"

const weekMs = 7 * 86_400_000

const asked = Effect.fnUntraced(function* (query: string, n: number, timestamp: number) {
  const key = { requestId: requestIdOf(n), timestamp }
  yield* (yield* InteractionStore).record(
    Correlated.make({
      query: queryEvent({ ...key, query }),
      response: responseEvent({ ...key, queryTimestamp: timestamp, matchType: "none" })
    }),
    {}
  )
})

const week = Effect.gen(function* () {
  yield* TestClock.setTime(mondayMorning)
  yield* asked("Do you enjoy sailing?", 1, startMs - weekMs)
  yield* asked("Where was your degree awarded?", 2, startMs)
  for (const n of [3, 4]) yield* asked("Which university taught you?", n, startMs + n)
  yield* asked("hello", 5, startMs + 5)
  yield* runOf()
  return (yield* frozen())!
})

/** Every question lies in the same direction. */
const nearness = { vectorOf: () => Float32Array.of(1, 0), similarityMin: 0.9 }

const telling = (known: KnownMeaning, seen: Array<ReadonlyArray<string>> = []) =>
  Layer.succeed(Meaning, {
    nearness: (wordings) =>
      Effect.sync(() => {
        seen.push(wordings)
        return known
      })
  })

const away = Layer.succeed(Meaning, {
  nearness: () => Effect.fail(new MeaningUnavailable({ source: "static", reason: "it is gone" }))
})

describe("The meaning of questions", () => {
  it.effect("is asked once, about both weeks' questions, most asked first, and no greeting", () => {
    const seen: Array<ReadonlyArray<string>> = []
    return Effect.gen(function* () {
      yield* week
      assert.deepStrictEqual(seen, [
        ["Which university taught you?", "Where was your degree awarded?", "Do you enjoy sailing?"]
      ])
    }).pipe(Effect.provide(world({ meaning: telling({ by: "words" }, seen) })))
  })

  it.effect("joins questions in other words", () =>
    Effect.gen(function* () {
      const { grouping, topQuestions } = yield* week
      assert.deepInclude(topQuestions[0], { question: "Which university taught you?", asked: 3 })
      assert.isUndefined(grouping)
    }).pipe(Effect.provide(world({ meaning: telling({ by: "static", nearness }) })))
  )

  it.effect("may come from a stand-in, which the e-mail tells", () =>
    Effect.gen(function* () {
      const { grouping } = yield* week
      assert.deepStrictEqual(grouping, { by: "static", insteadOf: "workersAi" })
      assert.include(
        (yield* outbox)[0]?.text.replace(/\s+/g, " "),
        "Workers AI did not answer, so like questions were grouped by the built-in table."
      )
    }).pipe(
      Effect.provide(
        world({ meaning: telling({ by: "static", nearness, insteadOf: "workersAi" }) })
      )
    )
  )

  it.effect(
    "comes from a stand-in while Workers AI refuses on the wire, and the e-mail goes out",
    () =>
      Effect.gen(function* () {
        const { asked, baseUrl } = yield* serve(refusing(401))
        const workersAi = MeaningWorkersAi.layer(
          { account: "0123456789abcdef0123456789abcdef", token: Redacted.make("secret-4711") },
          { ...MeaningWorkersAi.usualService, baseUrl }
        )
        const meaning = MeaningWithStandIn.layer(workersAi, telling({ by: "static", nearness }))
        yield* Effect.gen(function* () {
          const { topQuestions } = yield* week
          assert.deepInclude(topQuestions[0], {
            question: "Which university taught you?",
            asked: 3
          })
          assert.include(
            (yield* outbox)[0]?.text.replace(/\s+/g, " "),
            "Like questions by the built-in table Workers AI did not answer, so like questions"
          )
        }).pipe(Effect.provide(world({ meaning })))
        assert.lengthOf(asked, 1)
      })
  )

  it.effect("is left out when it is away, and the report goes out and says so", () =>
    Effect.gen(function* () {
      const { grouping, topQuestions } = yield* week
      assert.lengthOf(topQuestions, 3)
      assert.deepStrictEqual(grouping, { by: "words", insteadOf: "static" })
      assert.include(
        (yield* outbox)[0]?.text.replace(/\s+/g, " "),
        "The built-in table could not be read, so like questions were grouped by words alone."
      )
      const messages = (yield* CapturedLog.CapturedLog).map(({ message }) => message)
      assert.include(messages, "questions grouped by words alone")
    }).pipe(Effect.provide(world({ meaning: away })))
  )
})
