import { readFileSync, statSync, writeFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { readGaps, writeGaps } from "../../../ops/gaps/GapFile.ts"
import { wordingHash } from "../../../src/schema/report/GapMark.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { day, gapWith, wordingOf } from "./GapExamples.ts"

const line = (changes: object = {}): string =>
  JSON.stringify({
    version: 1,
    id: "2026-W47-1",
    state: "open",
    since: "2026-11-16T09:30:00Z",
    wordings: [{ text: "Do you ski?", first: "2026-11-16", last: "2026-11-16T09:30:00.000Z" }],
    ...changes
  })

const fileWith = Effect.fnUntraced(function* (...lines: ReadonlyArray<string>) {
  const file = `${yield* temporaryFolder}/gaps.jsonl`
  writeFileSync(file, lines.join("\n"))
  return file
})

/** What an owner's hand may do to the second line, and the words of the refusal. */
const broken: Readonly<Record<string, readonly [text: string, reason: RegExp]>> = {
  "is no JSON": ['{"version":1,', /line 2: .*JSON/],
  "is cut in the middle": [line().slice(0, 80), /line 2: .*JSON/],
  "has an unknown state": [line({ state: "done" }), /line 2: .*"back".*at \["state"\]/],
  "has a misspelt name": [line({ nmae: "Ski" }), /line 2: .*excess.*at \["nmae"\]/],
  "has no time": [line({ since: "last week" }), /line 2: .*a time such as .*at \["since"\]/],
  "has an impossible time": [line({ since: "2026-13-41" }), /line 2: .*a time that exists/],
  "is of another version": [
    line({ version: 2 }),
    /line 2: is of version 2, and this release reads version 1/
  ],
  "repeats an id": [line({ id: "a", ids: ["2026-W47-1"] }), /line 2: line 1 has the id 2026-W47-1/]
}

layer(NodeServices.layer)("gaps.jsonl", (it) => {
  it.effect("gives back what was written, by its owner alone and in one step", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(day)
      const file = `${yield* temporaryFolder}/gaps.jsonl`
      const gaps = [
        gapWith({ ids: ["gap-abc"], name: "Sports", why: "a reason" }),
        gapWith({
          id: "2026-W47-2",
          state: "answered",
          answered: { at: day, by: "bot.example.com" },
          lastMiss: { at: day, requestId: "r", kind: "none", said: "I don't know" }
        })
      ]
      const absent = yield* readGaps(file)
      assert.isEmpty(absent.gaps)
      yield* writeGaps(absent, gaps)
      assert.deepStrictEqual((yield* readGaps(file)).gaps, gaps)
      assert.strictEqual(statSync(file).mode & 0o777, 0o600)
    })
  )

  for (const [what, [text, reason]] of Object.entries(broken)) {
    it.effect(`is left as it is, with its line and the reason, when a line ${what}`, () =>
      Effect.gen(function* () {
        const file = yield* fileWith(line(), text, "", line({ id: "b" }))
        const before = readFileSync(file, "utf8")
        const { message } = yield* Effect.flip(readGaps(file))
        assert.match(message, reason)
        assert.include(message, "is left as it is")
        assert.strictEqual(readFileSync(file, "utf8"), before)
      })
    )
  }

  it.effect("names every broken line", () =>
    Effect.gen(function* () {
      const file = yield* fileWith("{", line(), "[]", ...Array.from({ length: 5 }, () => "what"))
      const { message } = yield* Effect.flip(readGaps(file))
      assert.match(message, /line 1: .*line 3: .*line 4: .*2 more/)
    })
  )

  it.effect("is not overwritten when somebody changed it meanwhile", () =>
    Effect.gen(function* () {
      const file = yield* fileWith(line())
      const opened = yield* readGaps(file)
      writeFileSync(file, line({ name: "Mine" }))
      const { message } = yield* Effect.flip(writeGaps(opened, [gapWith({ state: "ignored" })]))
      assert.include(message, "changed meanwhile")
      assert.include(readFileSync(file, "utf8"), "Mine")
    })
  )

  it.effect("holds the hash of a wording, and no answer, after 90 days", () =>
    Effect.gen(function* () {
      const file = yield* fileWith()
      const [old, young] = [wordingOf("Do you ski?"), wordingOf("Any skiing?", day + 1)]
      yield* TestClock.setTime(day + 90 * 86_400_000)
      const lastMiss = { at: day, requestId: "r", kind: "none" as const, said: "I don't know" }
      yield* writeGaps(yield* readGaps(file), [gapWith({ lastMiss, wordings: [old, young] })])
      const { said: _, ...miss } = lastMiss
      const hash = { hash: wordingHash("Do you ski?"), first: day, last: day }
      assert.deepStrictEqual((yield* readGaps(file)).gaps, [
        gapWith({ lastMiss: miss, wordings: [hash, young] })
      ])
    })
  )
})
