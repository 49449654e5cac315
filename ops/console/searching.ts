/** Finds questions by their words, whatever the endings, in an index that follows the rows. */
import * as Effect from "effect/Effect"
import MiniSearch from "minisearch"
import type { Cursor, SearchResult } from "./ConsoleData.ts"
import { lineOf } from "./Line.ts"
import type { Rows } from "./Rows.ts"

const always = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER }

const indexOf = Effect.fnUntraced(function* (rows: Rows) {
  const index = new MiniSearch({
    idField: "place",
    fields: ["question"],
    searchOptions: { prefix: true, fuzzy: 0.2, combineWith: "AND" }
  })
  const places: Array<Cursor> = []
  for (const part of rows.entries(always)) {
    const asked = part.flatMap((entry) => {
      if (entry.status === "vote" || entry.status === "unreadable") return []
      const { query, requestId, timestamp } = entry
      if (query === undefined || query.question === "") return []
      const place = places.push({ timestamp, requestId }) - 1
      return [{ place, question: query.question }]
    })
    index.addAll(asked)
    yield* Effect.yieldNow
  }
  return { index, places, version: rows.version }
})

/** Indexes the rows at the first search, and again once they have changed. */
export const searching = (rows: Rows) => {
  let known: Effect.Success<ReturnType<typeof indexOf>> | undefined
  return Effect.fnUntraced(function* (words: string, limit: number) {
    if (known === undefined || known.version !== rows.version) known = yield* indexOf(rows)
    const { index, places } = known
    const found = index.search(words).slice(0, limit)
    const lines = found.flatMap(({ id }) => rows.ofKeys(places.slice(id, id + 1)))
    return {
      lines: lines.map((summary) => lineOf(summary, true)),
      searched: places.length
    } satisfies SearchResult
  })
}
