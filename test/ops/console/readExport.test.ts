import { writeFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { ConsoleData } from "../../../ops/console/ConsoleData.ts"
import { layerOfExport } from "../../../ops/console/ConsoleDataMemory.ts"
import { lineOf } from "../../../ops/export/ExportLine.ts"
import { Correlated } from "../../../src/schema/Interaction.ts"
import { summaryOf } from "../../../src/schema/InteractionSummary.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { askedAt, queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"

const zone = DateTime.zoneMakeNamedUnsafe("Europe/London")

const lineAt = (n: number, withText: boolean): string => {
  const key = { requestId: requestIdOf(n), timestamp: askedAt + n }
  const interaction = Correlated.make({
    query: queryEvent({ ...key, query: `Grüße ${n}?`, turn: n }),
    response: responseEvent({ ...key, queryTimestamp: key.timestamp, response: "No idea." })
  })
  const exported = { summary: summaryOf(interaction), vote: undefined }
  return lineOf({ ...exported, interaction: withText ? interaction : undefined }, "jsonl", withText)
}

/** Looks at a file with these bytes. */
const looking = <A, E>(
  content: string | Buffer,
  showsTexts: boolean,
  step: Effect.Effect<A, E, ConsoleData>
) =>
  Effect.gen(function* () {
    yield* TestClock.setTime(askedAt + 86_400_000)
    const file = `${yield* temporaryFolder}/export.jsonl`
    writeFileSync(file, content)
    return yield* step.pipe(
      Effect.provide(layerOfExport(file, { counting: { zone, prices: [] }, showsTexts })),
      Effect.provide(NodeServices.layer)
    )
  })

const page = Effect.flatMap(ConsoleData, ({ now, source }) =>
  Effect.map(now({ filter: {}, limit: 10 }), ({ lines }) => ({ lines, source }))
)

describe("The console over an export", () => {
  it.effect("shows what is whole of a cut one, and says which line is missing", () =>
    Effect.gen(function* () {
      const whole = Buffer.from([1, 2, 3].map((n) => lineAt(n, true)).join(""))
      // in the middle of a character of the last line
      const cut = whole.subarray(0, whole.lastIndexOf("ü") + 1)
      const { lines, source } = yield* looking(cut, true, page)
      assert.deepStrictEqual(
        lines.map(({ question }) => question),
        ["Grüße 2?", "Grüße 1?"]
      )
      const [notice = ""] = source.notices
      assert.match(notice, /line 3 cannot be read, so 1 line is missing; 2 lines are shown/)
      assert.match(notice, /the file is cut in line 3/)
    })
  )

  it.effect("passes over a damaged line in the middle, and counts it", () =>
    Effect.gen(function* () {
      const content = [lineAt(1, true), '{"requestId":\n', "[]\n", lineAt(2, true)].join("")
      const { lines, source } = yield* looking(content, false, page)
      assert.strictEqual(lines.length, 2)
      assert.match(source.notices.join(), /lines 2, 3 cannot be read, so 2 lines are missing/)
      assert.notMatch(source.notices.join(), /cut/)
    })
  )

  it.effect("shows no questions of an export without texts, and says so", () =>
    Effect.gen(function* () {
      const content = [lineAt(1, false), lineAt(2, false)].join("")
      const { found, lines, source, week } = yield* looking(
        content,
        true,
        Effect.gen(function* () {
          const console = yield* ConsoleData
          const [shown] = yield* console.weeks
          return {
            ...(yield* page),
            found: yield* Effect.flip(console.search("Grüße", 5)),
            week: shown === undefined ? undefined : yield* console.week(shown.weekId)
          }
        })
      )
      assert.isFalse(source.holdsTexts)
      assert.isUndefined(lines[0]?.question)
      assert.match(String(found), /holds no questions/)
      assert.deepInclude(week?.today, { questions: 2, withoutText: 2, topQuestions: [] })
    })
  )

  it.effect("has conversations with their turns, and no text unless asked for", () =>
    Effect.gen(function* () {
      const content = [1, 2].map((n) => lineAt(n, true)).join("")
      const talk = Effect.flatMap(ConsoleData, ({ conversation }) =>
        conversation(queryEvent().sessionId)
      )
      const shown = yield* looking(content, true, talk)
      assert.deepStrictEqual(
        shown.map(({ answer, question, turn }) => [turn, question, answer]),
        [
          [1, "Grüße 1?", "No idea."],
          [2, "Grüße 2?", "No idea."]
        ]
      )
      assert.notInclude(JSON.stringify(yield* looking(content, false, talk)), "Grüße")
    })
  )

  it.effect("filters, and goes on page by page towards the past", () =>
    Effect.gen(function* () {
      const content = [1, 2, 3, 4, 5].map((n) => lineAt(n, true)).join("")
      const seen = yield* looking(
        content,
        false,
        Effect.gen(function* () {
          const { now } = yield* ConsoleData
          const first = yield* now({ filter: { verdict: "full", isBot: false }, limit: 3 })
          const second = yield* now({
            filter: {},
            limit: 3,
            ...(first.next && { before: first.next })
          })
          const none = yield* now({ filter: { verdict: "failed" }, limit: 3 })
          return [first, second, none].map(({ lines, next }) => [lines.length, next !== undefined])
        })
      )
      assert.deepStrictEqual(seen, [
        [3, true],
        [2, false],
        [0, false]
      ])
    })
  )

  it.effect("refuses a file that holds no line of an export", () =>
    Effect.gen(function* () {
      const refused = yield* Effect.flip(looking("a,b\n1,2\n", true, page))
      assert.match(String(refused), /has no line of ops export --format jsonl/)
    })
  )
})
