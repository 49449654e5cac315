/** A chapter that ends early must neither hide what it said nor pass for a whole one. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { claim } from "../examples/Finding.ts"
import { type Chapter, tellChapters } from "./chapters.ts"

const holds: Chapter<unknown> = () => Effect.map(claim("it holds", Effect.void), (one) => [one])

const told = (chapters: Readonly<Record<string, Chapter<unknown>>>) => {
  const lines: Array<unknown> = []
  const collected: Console.Console = Object.assign(Object.create(globalThis.console), {
    log: (line: unknown) => lines.push(line)
  })
  return tellChapters(chapters, undefined).pipe(
    Effect.provideService(Console.Console, collected),
    Effect.provide(NodeServices.layer),
    Effect.map((findings) => ({ findings, text: lines.join("\n") }))
  )
}

describe("The chapters of an account:", () => {
  it.effect("one after another tells its claims", () =>
    Effect.gen(function* () {
      const { findings } = yield* told({ first: holds, second: holds })
      assert.deepStrictEqual(
        findings.map(({ fault }) => fault),
        [undefined, undefined]
      )
    })
  )

  it.effect("one that ends early fails as a claim, with its lines, and those after it too", () =>
    Effect.gen(function* () {
      const ends: Chapter<unknown> = (account) =>
        Effect.andThen(holds(account), Effect.die(new Error("Function not found")))
      const { findings, text } = yield* told({ first: ends, second: holds, third: holds })
      assert.deepStrictEqual(findings, [
        { sentence: "first runs to its end", fault: "Function not found" },
        { sentence: "second", fault: "not run" },
        { sentence: "third", fault: "not run" }
      ])
      assert.match(text, /first\nok {6}it holds\nFAILED {2}first runs to its end\n +Function not/)
      assert.match(text, /^not run second$/m)
    })
  )
})
