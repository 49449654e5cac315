/** The interactions that a console holds, in one SQLite file or in memory. */
import type { SQLInputValue } from "node:sqlite"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import type { Span } from "../../src/schema/IsoWeek.ts"
import { verdictOf } from "../../src/schema/report/RatedBadly.ts"
import { CacheDatabase, type DatabaseOptions } from "./CacheDatabase.ts"
import type { Cursor, LineFilter } from "./ConsoleData.ts"
import {
  columns,
  conditionsOf,
  entryIn,
  type HeldEntry,
  putName,
  putRow,
  putWords,
  type Row,
  withoutWords
} from "./rowTables.ts"

export interface Newest {
  readonly filter: LineFilter
  /** The oldest that may be listed. */
  readonly sinceMs: number
  readonly before?: Cursor
  readonly limit: number
}

/** Numbers of rows that are read between two looks at other work. */
const chunkLength = 2000

/** Indexing words takes longer than reading rows. */
const wordsChunkLength = 200

type Named = "language" | "model"

/** Every read sees what another console wrote to the same file. */
export class Rows {
  readonly #database: CacheDatabase
  readonly #texts: string

  constructor(file: string, options: DatabaseOptions) {
    this.#texts = options.keepsTexts ? "main" : "aside"
    this.#database = new CacheDatabase(file, options)
  }

  put(entries: ReadonlyArray<HeldEntry>): void {
    this.#database.together(() => {
      for (const one of entries) this.#putOne(one)
    })
  }

  #putOne(one: HeldEntry): void {
    const { entry, words } = withoutWords(one)
    const summary = one.status === "vote" || one.status === "unreadable" ? undefined : one
    const key = [one.timestamp, one.requestId, Number(one.status === "vote")] as const
    this.#run(
      putRow,
      ...key,
      summary?.sessionId ?? null,
      JSON.stringify(entry),
      summary === undefined ? null : verdictOf(summary),
      Number(summary?.query?.agent === "bot"),
      Number(summary?.query?.own === 1),
      summary?.query?.askedIn ?? null,
      summary?.response?.model ?? null,
      summary?.query?.lostBefore ?? 0
    )
    if (words !== undefined) this.#run(putWords, ...key, words)
    if (summary?.query?.askedIn !== undefined) {
      this.#run(putName, "language", summary.query.askedIn)
    }
    if (summary?.response?.model !== undefined) this.#run(putName, "model", summary.response.model)
    if (summary?.vote !== undefined) {
      const { requestId, timestamp, vote } = summary
      this.#putOne({ status: "vote", requestId, timestamp, vote })
    }
  }

  /**
   * Puts entries that were read in place of those that were held of a span, and notes the time of
   * reading. Rows since `settledMs` stay, because they may have come during the reading.
   */
  replace(
    { endMs, startMs }: Span,
    entries: ReadonlyArray<HeldEntry>,
    { readAt, settledMs }: { readonly readAt: number; readonly settledMs: number }
  ): void {
    this.#database.together(() => {
      for (const table of ["row", "text"]) {
        const last = Math.min(endMs, settledMs)
        this.#run(`DELETE FROM ${table} WHERE at >= ? AND at < ?`, startMs, last)
      }
      for (const one of entries) this.#putOne(one)
      for (const schema of new Set(["main", this.#texts])) {
        this.#run(`INSERT OR REPLACE INTO ${schema}.span VALUES (?, ?, ?)`, startMs, endMs, readAt)
      }
    })
  }

  /** When the rows of a span were last read whole. */
  readAt({ endMs, startMs }: Span): number | undefined {
    const [row] = this.#all(
      "SELECT readAt FROM main.span WHERE startMs = ? AND endMs = ?",
      startMs,
      endMs
    )
    return row === undefined ? undefined : Number(row.readAt)
  }

  /** True while the words of a span's rows are held as well, and nobody has emptied the file. */
  hasWords({ startMs }: Span): boolean {
    const [row] = this.#all(
      `SELECT 1 FROM main.span JOIN ${this.#texts}.span AS said USING (startMs) WHERE startMs = ?`,
      startMs
    )
    return row !== undefined
  }

  /** Entries and votes in the order of their time, in parts. */
  *entries({ endMs, startMs }: Span): Generator<ReadonlyArray<HeldEntry>> {
    let after: readonly [number, string, number] = [startMs, "", -1]
    while (true) {
      const rows = this.#all(
        `SELECT ${columns} FROM row LEFT JOIN text USING (at, id, isVote)
         WHERE (row.at, row.id, row.isVote) > (?, ?, ?) AND row.at < ?
         ORDER BY row.at, row.id, row.isVote LIMIT ${chunkLength}`,
        ...after,
        endMs
      )
      const last = rows.at(-1)
      if (last === undefined) return
      yield rows.map(entryIn)
      after = [Number(last.at), String(last.id), Number(last.isVote)]
    }
  }

  /** The words of a span's questions as far as they are held, in short parts. */
  *questions({
    endMs,
    startMs
  }: Span): Generator<ReadonlyArray<Cursor & { readonly question: string }>> {
    let after: readonly [number, string] = [startMs, ""]
    while (true) {
      const rows = this.#all(
        `SELECT at, id, words FROM text WHERE isVote = 0 AND (at, id) > (?, ?) AND at < ?
         ORDER BY at, id LIMIT ${wordsChunkLength}`,
        ...after,
        endMs
      )
      const last = rows.at(-1)
      if (last === undefined) return
      yield rows.map(({ at, id, words }) => ({
        timestamp: Number(at),
        requestId: String(id) as Cursor["requestId"],
        question: String(words)
      }))
      after = [Number(last.at), String(last.id)]
    }
  }

  get questionsHeld(): number {
    const [row = {}] = this.#all("SELECT COUNT(*) AS held FROM text WHERE isVote = 0")
    return Number(row.held)
  }

  /** Interactions with their votes, the newest first. */
  newest({ before, filter, limit, sinceMs }: Newest): ReadonlyArray<InteractionSummary> {
    const { sql, values } = conditionsOf(filter)
    const [at, id] = [before?.timestamp ?? Number.MAX_SAFE_INTEGER, before?.requestId ?? ""]
    return this.#summaries(
      `row.at >= ? AND (row.at, row.id) < (?, ?)${sql}
       ORDER BY row.at DESC, row.id DESC LIMIT ?`,
      sinceMs,
      at,
      id,
      ...values,
      limit
    )
  }

  ofSession(session: string): ReadonlyArray<InteractionSummary> {
    return this.#summaries("row.session = ? ORDER BY row.at, row.id", session)
  }

  /** Those of the keys that are held, in any order. */
  ofKeys(keys: ReadonlyArray<Cursor>): ReadonlyArray<InteractionSummary> {
    return keys.flatMap(({ requestId, timestamp }) =>
      this.#summaries("row.at = ? AND row.id = ?", timestamp, requestId)
    )
  }

  #summaries(condition: string, ...values: ReadonlyArray<SQLInputValue>) {
    const rows = this.#all(
      `SELECT ${columns}, vote.entry AS vote, said.words AS comment
       FROM row LEFT JOIN text USING (at, id, isVote)
       LEFT JOIN row AS vote ON vote.at = row.at AND vote.id = row.id AND vote.isVote = 1
       LEFT JOIN text AS said ON said.at = row.at AND said.id = row.id AND said.isVote = 1
       WHERE row.isVote = 0 AND row.verdict IS NOT NULL AND ${condition}`,
      ...values
    )
    return rows.flatMap((row) => {
      const summary = entryIn(row)
      if (summary.status === "vote" || summary.status === "unreadable") return []
      if (row.vote === null) return [summary]
      const { vote } = JSON.parse(String(row.vote))
      const said = row.comment === null ? {} : { comment: row.comment }
      return [{ ...summary, vote: { ...vote, ...said } }]
    })
  }

  /** The names by which rows can be filtered, kept apart because a scan of all rows takes long. */
  namesOf(kind: Named): ReadonlyArray<string> {
    return this.#all("SELECT name FROM name WHERE kind = ? ORDER BY name", kind).map(({ name }) =>
      String(name)
    )
  }

  /** Interactions and lost events of a span, and the time of its last question. */
  totals({ endMs, startMs }: Span) {
    const [row = {}] = this.#all(
      `SELECT COUNT(*) AS held, COALESCE(SUM(lost), 0) AS lost, MIN(at) AS oldest, MAX(at) AS newest
       FROM row WHERE isVote = 0 AND at >= ? AND at < ?`,
      startMs,
      endMs
    )
    return {
      held: Number(row.held),
      lost: Number(row.lost),
      oldest: row.oldest === null ? undefined : Number(row.oldest),
      newest: row.newest === null ? undefined : Number(row.newest)
    }
  }

  /** Lets go of what is older, whatever the file has kept. */
  dropBefore(firstMs: number): void {
    this.#database.together(() => {
      for (const table of ["row", "text"]) this.#run(`DELETE FROM ${table} WHERE at < ?`, firstMs)
      this.#run("DELETE FROM span WHERE endMs < ?", firstMs)
    })
  }

  /** Leaves nothing in the file, nor in its log of writes. */
  empty(): void {
    this.#database.together(() => {
      for (const table of ["row", "text", "span", "name"]) this.#run(`DELETE FROM ${table}`)
    })
    this.#all("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  /** Stays the same while nobody changes the rows. */
  get version(): string {
    const [own = {}] = this.#all("SELECT total_changes() AS changes")
    const [others = {}] = this.#all("PRAGMA data_version")
    return `${this.beginnings} ${own.changes} ${others.data_version}`
  }

  /** Grows when all rows were lost, because the file was damaged. */
  get beginnings(): number {
    return this.#database.beginnings
  }

  close(): void {
    this.#database.close()
  }

  #all(sql: string, ...values: ReadonlyArray<SQLInputValue>): ReadonlyArray<Row> {
    return this.#database.all(sql, ...values)
  }

  #run(sql: string, ...values: ReadonlyArray<SQLInputValue>): void {
    this.#database.run(sql, ...values)
  }
}
