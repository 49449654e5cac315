import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import * as TestConsole from "effect/testing/TestConsole"
import { emptyCaches, openCache } from "../../../ops/console/Cache.ts"
import type { Rows } from "../../../ops/console/Rows.ts"
import { againIfLost } from "../../../ops/console/RowsLost.ts"
import type { InteractionSummary } from "../../../src/schema/InteractionSummary.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { asked } from "../../schema/report/WeeklyExamples.ts"

const dayMs = 86_400_000
const now = Date.UTC(2026, 10, 30)

/** Runs a step whose caches lie in a folder of this test. */
const inFolder = <A, E>(step: (folder: string) => Effect.Effect<A, E, NodeServices.NodeServices>) =>
  Effect.gen(function* () {
    yield* TestClock.setTime(now)
    const folder = yield* temporaryFolder
    const provider = ConfigProvider.fromUnknown({ CV_ANALYTICS_CACHE: folder })
    return yield* step(folder).pipe(
      Effect.provide(ConfigProvider.layer(provider)),
      Effect.provide(NodeServices.layer)
    )
  })

const opened = <A>(keepsTexts: boolean, use: (rows: Rows, notices: ReadonlyArray<string>) => A) =>
  openCache("a table", { keepsTexts }).pipe(
    Effect.map(({ notices, rows }) => use(rows, notices)),
    Effect.scoped
  )

const one = asked("secret-question", { timestamp: now - dayMs })
const old = asked("an old one", { timestamp: now - 91 * dayMs, request: 2 })
const always = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER }
const everything = { filter: {}, sinceMs: 0, limit: 10 }
const questionsIn = (rows: Rows) =>
  rows.newest(everything).map((line: InteractionSummary) => line.query?.question)

const bytesIn = (folder: string): string =>
  readdirSync(folder)
    .map((file) => readFileSync(`${folder}/${file}`, "latin1"))
    .join("")

describe("The console's cache", () => {
  it.effect("keeps rows for its owner alone, and drops those past 90 days at the start", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        yield* opened(true, (rows) => rows.put([one, old]))
        const modes = readdirSync(folder).map((file) => statSync(`${folder}/${file}`).mode & 0o777)
        assert.deepStrictEqual([...new Set(modes)], [0o600])
        assert.deepStrictEqual(yield* opened(true, questionsIn), ["secret-question"])
      })
    )
  )

  it.effect("holds no question of a console that shows none", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const held = yield* opened(false, (rows) => {
          rows.put([one])
          return [questionsIn(rows), bytesIn(folder)] as const
        })
        assert.deepStrictEqual(held[0], ["secret-question"])
        assert.notInclude(held[1], "secret-question")
        assert.deepStrictEqual(yield* opened(false, questionsIn), [""])
      })
    )
  )

  it.effect("is built anew when it is damaged or of another version, and says so once", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        yield* opened(true, (rows) => rows.put([one]))
        const [file = ""] = readdirSync(folder)
        writeFileSync(`${folder}/${file}`, "this is no database, and it is long enough to be read")
        const said = yield* opened(true, (_, notices) => notices.join())
        assert.match(said, /^The console's cache is built anew, because it is damaged/)
        assert.deepStrictEqual(yield* opened(true, (_, notices) => notices), [])

        const other = new DatabaseSync(`${folder}/${file}`)
        other.exec("PRAGMA user_version = 99")
        other.close()
        assert.match(yield* opened(true, (_, notices) => notices.join()), /another version/)
        yield* opened(true, (rows) => rows.put([one]))
        assert.deepStrictEqual(yield* opened(true, questionsIn), ["secret-question"])
      })
    )
  )

  it.effect("begins anew at once where a page deep in its file is damaged, and logs it", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const many = Array.from({ length: 2000 }, (_, request) =>
          asked(`Question ${request}?`, { timestamp: now - dayMs + request, request })
        )
        yield* opened(true, (rows) => rows.put(many))
        const file = `${folder}/${readdirSync(folder)[0]}`
        const bytes = readFileSync(file)
        bytes.fill(0xa5, 32_768, bytes.length - 32_768)
        writeFileSync(file, bytes)

        const { notices, rows } = yield* openCache("a table", { keepsTexts: true })
        assert.deepStrictEqual(notices, [])
        const held = yield* againIfLost(Effect.sync(() => rows.totals(always).held))
        assert.strictEqual(held, 0)
        assert.strictEqual(rows.beginnings, 2)
        rows.put([one])
        assert.deepStrictEqual(questionsIn(rows), ["secret-question"])
        assert.strictEqual(statSync(file).mode & 0o777, 0o600)
        const logged = (yield* TestConsole.logLines).map((line) => JSON.parse(String(line)))
        assert.lengthOf(logged, 1)
        assert.include(logged[0], {
          level: "WARN",
          message: "the console's cache was damaged, and is built anew"
        })
      }).pipe(Effect.scoped)
    )
  )

  it.effect("serves two consoles at once, each of which sees the other's rows", () =>
    inFolder(() =>
      Effect.gen(function* () {
        const open = openCache("a table", { keepsTexts: true })
        const [first, second] = [yield* open, yield* open]
        const version = second.rows.version
        first.rows.put([one])
        second.rows.put([asked("another", { timestamp: now - 1, request: 3 })])
        assert.deepStrictEqual(questionsIn(first.rows), ["another", "secret-question"])
        assert.deepStrictEqual(questionsIn(second.rows), ["another", "secret-question"])
        assert.notStrictEqual(second.rows.version, version)
      }).pipe(Effect.scoped)
    )
  )

  it.effect("is emptied by an erasure, also while a console has it open", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        yield* opened(false, (rows) => rows.put([one]))
        const { rows } = yield* openCache("a table", { keepsTexts: true })
        const span = { startMs: now - 2 * dayMs, endMs: now }
        rows.replace(span, [one], { readAt: now, settledMs: now })
        assert.isTrue(rows.hasWords(span))
        yield* emptyCaches("a table")
        assert.deepStrictEqual(questionsIn(rows), [])
        assert.isUndefined(rows.readAt(span))
        assert.isFalse(rows.hasWords(span))
        assert.notInclude(bytesIn(folder), "secret-question")
      }).pipe(Effect.scoped)
    )
  )
})
