/** The tables of held interactions, and how an entry lies in them. */
import {
  type InteractionSummary,
  type Unreadable,
  unreadable
} from "../../src/schema/InteractionSummary.ts"
import type { VoteEntry } from "../../src/schema/WeekEntry.ts"
import type { Cursor, LineFilter } from "./ConsoleData.ts"

/** An item that cannot be read has a place all the same. */
export type HeldEntry = InteractionSummary | VoteEntry | (Unreadable & Cursor)

/** Texts lie beside their rows, so that they need not be written to a file. */
export const tablesOf = (texts: string): string => `
  CREATE TABLE IF NOT EXISTS row (
    at INTEGER NOT NULL, id TEXT NOT NULL, isVote INTEGER NOT NULL, session TEXT,
    entry TEXT NOT NULL,
    verdict TEXT, bot INTEGER, own INTEGER, language TEXT, model TEXT, lost INTEGER,
    PRIMARY KEY (at, id, isVote)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS name (
    kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (kind, name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS row_session ON row (session);
  CREATE TABLE IF NOT EXISTS ${texts}.text (
    at INTEGER NOT NULL, id TEXT NOT NULL, isVote INTEGER NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (at, id, isVote)
  ) STRICT, WITHOUT ROWID;
  ${["main", texts]
    .map(
      (schema) => `
    CREATE TABLE IF NOT EXISTS ${schema}.span (
      startMs INTEGER PRIMARY KEY, endMs INTEGER NOT NULL, readAt INTEGER NOT NULL
    ) STRICT;
  `
    )
    .join("")}
`

export const putRow = `INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET session = excluded.session, entry = excluded.entry,
  verdict = excluded.verdict, bot = excluded.bot, own = excluded.own,
  language = excluded.language, model = excluded.model, lost = excluded.lost
  WHERE entry <> excluded.entry`

export const putWords = `INSERT INTO text VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET words = excluded.words WHERE words <> excluded.words`

export const putName = "INSERT OR IGNORE INTO name VALUES (?, ?)"

export const columns = "row.at, row.id, row.isVote, row.entry, text.words"

export const withoutWords = (
  entry: HeldEntry
): { readonly entry: object; readonly words?: string } => {
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

export type Row = Record<string, string | number | bigint | null | Uint8Array>

/** A row's text is what this program wrote into it, so it is not checked again. */
export const entryIn = ({ at, entry, id, words }: Row): HeldEntry => {
  const held = JSON.parse(String(entry))
  if (held.status === "unreadable")
    return { ...unreadable, timestamp: Number(at), requestId: String(id) as Cursor["requestId"] }
  if (words === null || words === undefined) return held
  if (held.status === "vote") return { ...held, vote: { ...held.vote, comment: words } }
  return { ...held, query: { ...held.query, question: words } }
}

export const conditionsOf = ({ isBot, isOwn, language, model, verdict }: LineFilter) => {
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
