import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import * as AnswererWorkersAi from "../../src/layers/AnswererWorkersAi.ts"
import { Answerer } from "../../src/services/Answerer.ts"

const model = "@cf/meta/llama-3.1-8b-instruct-fast"
const sections = [
  { id: "databases", title: "Databases", text: "She knows PostgreSQL and DynamoDB." },
  { id: "languages", title: "Languages", text: "She speaks Swedish and German." }
]
const question = "Which databases does she know?"

interface Run {
  readonly model: string
  readonly input: { readonly messages: ReadonlyArray<{ readonly content: string }> }
}

/** A binding that runs in this way and keeps its inputs. */
const asking = <A, E>(
  run: () => Promise<unknown>,
  use: (answerer: Answerer["Service"]) => Effect.Effect<A, E>
) => {
  const runs: Array<Run> = []
  const ai: AnswererWorkersAi.AiBinding = {
    run: (name, input) => {
      runs.push({ model: name, input: input as Run["input"] })
      return run()
    }
  }
  return Answerer.use(use).pipe(
    Effect.map((result) => ({ result, runs })),
    Effect.provide(AnswererWorkersAi.layer({ ai, model, sections, timeoutMs: 5000 }))
  )
}

const answered = (text: string) => async () => ({
  response: text,
  usage: { prompt_tokens: 80, completion_tokens: 6 }
})

describe("A model on Workers AI", () => {
  it.effect("gets the matching sections of the knowledge base, and no others", () =>
    Effect.gen(function* () {
      const { result, runs } = yield* asking(answered("PostgreSQL."), ({ answer }) =>
        answer(question)
      )
      const [run] = runs
      assert.strictEqual(run?.model, model)
      const [notes, asked] = run?.input.messages ?? []
      assert.include(notes?.content, "She knows PostgreSQL and DynamoDB.")
      assert.notInclude(notes?.content, "Swedish")
      assert.strictEqual(asked?.content, question)
      assert.deepInclude(result, {
        text: "PostgreSQL.",
        matchType: "full",
        model,
        tokens: { input: 80, output: 6 }
      })
      assert.isAbove(result.matchScore ?? 0, 0.5)
    })
  )

  it.effect("has not answered when it says so, however well the notes match", () =>
    Effect.gen(function* () {
      const { result } = yield* asking(answered("I don't know."), ({ answer }) => answer(question))
      assert.strictEqual(result.matchType, "none")
      assert.isAbove(result.matchScore ?? 0, 0.5)
    })
  )

  it.effect("passes its stream on unchanged", () =>
    Effect.gen(function* () {
      const events = new ReadableStream<Uint8Array>()
      const { result } = yield* asking(
        async () => events,
        ({ stream }) => stream(question)
      )
      assert.deepInclude(result, { _tag: "Streaming" })
      assert.strictEqual(result._tag === "Streaming" ? result.events : undefined, events)
    })
  )

  const failures: ReadonlyArray<readonly [string, () => Promise<unknown>]> = [
    ["fails", () => Promise.reject(new Error("3040: capacity"))],
    ["says nothing", answered(" ")],
    ["answers something else", async () => null]
  ]
  for (const [name, run] of failures) {
    it.effect(`is unavailable when it ${name}`, () =>
      Effect.gen(function* () {
        const whole = yield* Effect.flip(asking(run, ({ answer }) => answer(question)))
        assert.strictEqual(whole._tag, "AnswererUnavailable")
        const streamed = yield* Effect.flip(asking(run, ({ stream }) => stream(question)))
        assert.strictEqual(streamed._tag, "AnswererUnavailable")
      })
    )
  }

  it.effect("has timed out when it takes too long", () =>
    Effect.gen(function* () {
      const never = () => new Promise(() => undefined)
      const fiber = yield* Effect.forkChild(
        Effect.flip(asking(never, ({ answer }) => answer(question)))
      )
      yield* TestClock.adjust("5 seconds")
      const error = fiber.pollUnsafe()
      assert.isDefined(error)
    })
  )
})
