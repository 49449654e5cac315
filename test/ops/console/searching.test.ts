import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { Rows } from "../../../ops/console/Rows.ts"
import { searching } from "../../../ops/console/searching.ts"
import { asked } from "../../schema/report/WeeklyExamples.ts"

const at = Date.UTC(2026, 10, 30)

const rowsWith = (...entries: Parameters<Rows["put"]>[0]) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const rows = new Rows(":memory:", { keepsTexts: true })
      rows.put(entries)
      return rows
    }),
    (rows) => Effect.sync(() => rows.close())
  )

const ski = asked("Do you ski?", { timestamp: at })
const skate = asked("Do you skate?", { timestamp: at + 1, request: 2 })

describe("A search", () => {
  it.effect("finds a question that came after the first search", () =>
    Effect.gen(function* () {
      const rows = yield* rowsWith(ski)
      const search = yield* searching(rows)
      assert.lengthOf((yield* search("skate", 5)).lines, 0)
      rows.put([skate])
      const { lines, ...counts } = yield* search("skate", 5)
      assert.deepStrictEqual(
        lines.map(({ question }) => question),
        ["Do you skate?"]
      )
      assert.deepStrictEqual(counts, { searched: 2, held: 2 })
    }).pipe(Effect.scoped)
  )

  it.effect("no longer finds a question that has expired or was erased", () =>
    Effect.gen(function* () {
      const rows = yield* rowsWith(ski, skate)
      const search = yield* searching(rows)
      assert.lengthOf((yield* search("you", 5)).lines, 2)
      rows.dropBefore(at + 1)
      const left = yield* search("you", 5)
      assert.deepStrictEqual(
        left.lines.map(({ question }) => question),
        ["Do you skate?"]
      )
      rows.empty()
      assert.deepStrictEqual(yield* search("you", 5), { lines: [], searched: 0, held: 0 })
      rows.put([ski])
      assert.lengthOf((yield* search("ski", 5)).lines, 1)
    }).pipe(Effect.scoped)
  )

  it.effect("does not keep other pages waiting while it indexes, and says how far it is", () =>
    Effect.gen(function* () {
      const all = Array.from({ length: 10_000 }, (_, request) =>
        asked(`Question ${request}?`, { timestamp: at + request, request })
      )
      const rows = yield* rowsWith(...all)
      const search = yield* searching(rows)
      const first = yield* Effect.forkChild(search("question", 1))
      yield* Effect.yieldNow
      assert.lengthOf(rows.newest({ filter: {}, sinceMs: 0, limit: 3 }), 3)
      assert.isUndefined(first.pollUnsafe())
      yield* TestClock.adjust("1 second")
      const { held, lines, searched } = yield* Fiber.join(first)
      assert.strictEqual(held, 10_000)
      assert.isBelow(searched, held)
      assert.isAbove(searched, 0)
      assert.lengthOf(lines, 1)
      assert.strictEqual((yield* search("question", 1)).searched, 10_000)
    }).pipe(Effect.scoped)
  )
})
