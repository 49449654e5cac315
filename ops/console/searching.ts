/** Finds questions by their words, whatever the endings, in an index that follows the rows. */
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import MiniSearch from "minisearch"
import { keyName } from "../../src/schema/Interaction.ts"
import type { Cursor, SearchResult } from "./ConsoleData.ts"
import { lineOf } from "./Line.ts"
import type { Rows } from "./Rows.ts"

const always = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER }

/** A search that needs more questions goes on without them after this. */
const patience = "1 second"

/** Indexes at the first search, and then only what came or went; other pages answer meanwhile. */
export const searching = Effect.fnUntraced(function* (rows: Rows) {
  const index = new MiniSearch({
    fields: ["question"],
    storeFields: ["timestamp", "requestId"],
    searchOptions: { prefix: true, fuzzy: 0.2, combineWith: "AND" }
  })
  const indexed = new Set<string>()
  let version: string | undefined
  const update = Effect.gen(function* () {
    const next = rows.version
    const gone = new Set(indexed)
    for (const part of rows.questions(always)) {
      for (const one of part) {
        const id = keyName(one)
        if (!gone.delete(id)) {
          index.add({ id, ...one })
          indexed.add(id)
        }
      }
      yield* Effect.yieldNow
    }
    for (const id of gone) {
      index.discard(id)
      indexed.delete(id)
    }
    version = next
  })
  const scope = yield* Effect.scope
  let updating: Fiber.Fiber<void> | undefined
  const isUpdating = () => updating !== undefined && updating.pollUnsafe() === undefined
  return Effect.fnUntraced(function* (words: string, limit: number) {
    if (rows.version !== version) {
      if (!isUpdating()) updating = yield* Effect.forkIn(update, scope)
      if (updating !== undefined) yield* Effect.timeoutOption(Fiber.join(updating), patience)
    }
    const found: ReadonlyArray<Cursor> = index
      .search(words)
      .slice(0, limit)
      .map(({ requestId, timestamp }) => ({ requestId, timestamp }))
    return {
      lines: rows.ofKeys(found).map((summary) => lineOf(summary, true)),
      searched: indexed.size,
      held: isUpdating() ? rows.questionsHeld : indexed.size
    } satisfies SearchResult
  })
})
