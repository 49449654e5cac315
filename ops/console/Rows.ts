/** The interactions that a console holds, in one SQLite file or in memory. */
import { DatabaseSync, type SQLInputValue } from "node:sqlite"
import {
  type InteractionSummary,
  type Unreadable,
  unreadable
} from "../../src/schema/InteractionSummary.ts"
import type { Span } from "../../src/schema/IsoWeek.ts"
import { verdictOf } from "../../src/schema/report/RatedBadly.ts"
import type { VoteEntry } from "../../src/schema/WeekEntry.ts"
import type { Cursor, LineFilter } from "./ConsoleData.ts"

/** An item that cannot be read has a place all the same. */
export type HeldEntry = InteractionSummary | VoteEntry | (Unreadable & Cursor)

/** Texts lie beside their rows, so that they need not be written to a file. */
const tablesOf = (texts: string): string => `
  CREATE TABLE IF NOT EXISTS row (
    at INTEGER NOT NULL, id TEXT NOT NULL, isVote INTEGER NOT NULL, session TEXT, entry TEXT NOT NULL,
    verdict TEXT, bot INTEGER, own INTEGER, language TEXT, model TEXT, lost INTEGER,
    PRIMARY KEY (at, id, isVote)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS row_session ON row (session);
  CREATE TABLE IF NOT EXISTS ${texts}.text (
    at INTEGER NOT NULL, id TEXT NOT NULL, isVote INTEGER NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (at, id, isVote)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ${texts}.span (
    startMs INTEGER PRIMARY KEY, endMs INTEGER NOT NULL, readAt INTEGER NOT NULL
  ) STRICT;
`

const columns = "row.at, row.id, row.isVote, row.entry, text.words"

const withoutWords = (entry: HeldEntry): { readonly entry: object; readonly words?: string } => {
  if (entry.status === "unreadable") return { entry: unreadable }
  if (entry.status === "vote") {
    const { comment, ...vote } = entry.vote
    return { entry: { ...entry, vote }, ...(comment === undefined ? {} : { words: comment }) }
  }
  const { vote: _, ...summary } = entry
  if (summary.query === undefined) return { entry: summary }
  const { question, ...query } = summary.query
  return {
    entry: { ...summary, query: { ...query, question: "" } },
    ...(question === "" ? {} : { words: question })
  }
}

type Row = Record<string, string | number | bigint | null | Uint8Array>

/** A row's text is what this program wrote into it, so it is not checked again. */
const entryIn = ({ at, entry, id, words }: Row): HeldEntry => {
  const held = JSON.parse(String(entry))
  if (held.status === "unreadable")
    return { ...unreadable, timestamp: Number(at), requestId: String(id) as Cursor["requestId"] }
  if (words === null || words === undefined) return held
  if (held.status === "vote") return { ...held, vote: { ...held.vote, comment: words } }
  return { ...held, query: { ...held.query, question: words } }
}

const conditionsOf = ({ isBot, isOwn, language, model, verdict }: LineFilter) => {
  const wanted: ReadonlyArray<readonly [column: string, value: string | number | undefined]> = [
    ["verdict", verdict],
    ["bot", isBot === undefined ? undefined : Number(isBot)],
    ["own", isOwn === undefined ? undefined : Number(isOwn)],
    ["language", language],
    ["model", model]
  ]
  const given = wanted.flatMap(([column, value]) =>
    value === undefined ? [] : [{ column, value }]
  )
  return {
    sql: given.map(({ column }) => ` AND row.${column} = ?`).join(""),
    values: given.map(({ value }) => value)
  }
}

export interface Newest {
  readonly filter: LineFilter
  /** The oldest that may be listed. */
  readonly sinceMs: number
  readonly before?: Cursor
  readonly limit: number
}

/** Numbers of rows that are read between two looks at other work. */
const chunkLength = 2000

/** Every read sees what another console wrote to the same file. */
export class Rows {
  readonly #database: DatabaseSync
  readonly #put
  readonly #putWords

  /** Keeps texts in the file, or for the time of this process alone. */
  constructor(file: string, { keepsTexts }: { readonly keepsTexts: boolean }) {
    this.#database = new DatabaseSync(file, { timeout: 5000 })
    const texts = keepsTexts ? "main" : "aside"
    this.#database.exec("PRAGMA secure_delete = ON; PRAGMA synchronous = NORMAL")
    if (file !== ":memory:") this.#database.exec("PRAGMA journal_mode = WAL")
    if (!keepsTexts) this.#database.exec("ATTACH ':memory:' AS aside")
    this.#database.exec(tablesOf(texts))
    this.#put = this.#database.prepare(
      `INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET session = excluded.session, entry = excluded.entry,
       verdict = excluded.verdict, bot = excluded.bot, own = excluded.own,
       language = excluded.language, model = excluded.model, lost = excluded.lost
       WHERE entry <> excluded.entry`
    )
    this.#putWords = this.#database.prepare(
      `INSERT INTO text VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET words = excluded.words WHERE words <> excluded.words`
    )
  }

  put(entries: ReadonlyArray<HeldEntry>): void {
    this.#together(() => {
      for (const one of entries) this.#putOne(one)
    })
  }

  #putOne(one: HeldEntry): void {
    const { entry, words } = withoutWords(one)
    const summary = one.status === "vote" || one.status === "unreadable" ? undefined : one
    const key = [one.timestamp, one.requestId, Number(one.status === "vote")] as const
    this.#put.run(
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
    if (words !== undefined) this.#putWords.run(...key, words)
    if (summary?.vote !== undefined) {
      const { requestId, timestamp, vote } = summary
      this.#putOne({ status: "vote", requestId, timestamp, vote })
    }
  }

  /** Puts a span's entries in place of those that were held of it, and notes when it was read. */
  replace({ endMs, startMs }: Span, entries: ReadonlyArray<HeldEntry>, readAt: number): void {
    this.#together(() => {
      this.#run("DELETE FROM row WHERE at >= ? AND at < ?", startMs, endMs)
      this.#run("DELETE FROM text WHERE at >= ? AND at < ?", startMs, endMs)
      for (const one of entries) this.#putOne(one)
      this.#run("INSERT OR REPLACE INTO span VALUES (?, ?, ?)", startMs, endMs, readAt)
    })
  }

  /** When this span was last read whole. */
  readAt({ endMs, startMs }: Span): number | undefined {
    const [row] = this.#all(
      "SELECT readAt FROM span WHERE startMs = ? AND endMs = ?",
      startMs,
      endMs
    )
    return row === undefined ? undefined : Number(row.readAt)
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

  /** The names that the rows have in a column. */
  namesOf(column: "language" | "model"): ReadonlyArray<string> {
    return this.#all(`SELECT DISTINCT ${column} AS name FROM row ORDER BY 1`).flatMap(({ name }) =>
      name === null ? [] : [String(name)]
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
    this.#together(() => {
      this.#run("DELETE FROM row WHERE at < ?", firstMs)
      this.#run("DELETE FROM text WHERE at < ?", firstMs)
    })
  }

  /** Leaves nothing in the file, nor in its log of writes. */
  empty(): void {
    this.#together(() => {
      for (const table of ["row", "text", "span"]) this.#run(`DELETE FROM ${table}`)
    })
    this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  /** Stays the same while nobody changes the rows. */
  get version(): string {
    const [own = {}] = this.#all("SELECT total_changes() AS changes")
    const [others = {}] = this.#all("PRAGMA data_version")
    return `${own.changes} ${others.data_version}`
  }

  close(): void {
    this.#database.close()
  }

  #all(sql: string, ...values: ReadonlyArray<SQLInputValue>): ReadonlyArray<Row> {
    return this.#database.prepare(sql).all(...values)
  }

  #run(sql: string, ...values: ReadonlyArray<SQLInputValue>): void {
    this.#database.prepare(sql).run(...values)
  }

  #together(change: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE")
    try {
      change()
      this.#database.exec("COMMIT")
    } catch (error) {
      this.#database.exec("ROLLBACK")
      throw error
    }
  }
}
