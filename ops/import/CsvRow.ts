/** A row of a chatbot's history: question, answer, timestamp, and whatever else is known. */
import { createHash } from "node:crypto"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import {
  EpochMillis,
  FeedbackEvent,
  QueryEvent,
  RequestId,
  ResponseEvent,
  SessionId
} from "../../src/schema/AnalyticsEvent.ts"
import { MatchScore, MatchType, type Tokens } from "../../src/schema/Answer.ts"
import { judgeAnswer } from "../../src/schema/chat/judgeAnswer.ts"
import { Vote, VoteId } from "../../src/schema/Vote.ts"
import { commentLengthMax, ratings, voteReasons } from "../../src/schema/VoteWords.ts"
import { withoutGuard } from "../csv/Csv.ts"
import { type RowEvents, type RowRejected, reject } from "./RowRejected.ts"

/** Never changes, so that a row always gets the same request id. */
const namespace = "2f6c1d6e-3c1a-4f0b-9d7e-6f1a0c5b8e42"

/** The UUID of version 5 (RFC 9562) of a name in a namespace. */
export const uuid5 = (space: string, name: string): string => {
  const bytes = createHash("sha1")
    .update(Buffer.from(space.replaceAll("-", ""), "hex"))
    .update(name)
    .digest()
    .subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
}

const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/

const isDay = (day: string): boolean => new Date(day).toJSON()?.startsWith(day) ?? false

/** Reads a time without an offset as UTC. */
const instantOf = (text: string): number => {
  if (/^\d{13}$/.test(text)) return Number(text)
  const match = iso.exec(text)
  if (match === null || !isDay(text.slice(0, 10))) return Number.NaN
  const isBare = text.length > 10 && match[1] === undefined
  return Date.parse(`${text.replace(" ", "T")}${isBare ? "Z" : ""}`)
}

type Column = readonly [
  schema: Schema.Codec<unknown>,
  expected: string,
  read?: (cell: string) => number
]

const text = Schema.String
const natural = [Schema.Natural, "a whole number", Number] as const

/** The known columns; an empty cell counts as absent. */
const columns = {
  question: [text, "a text"],
  answer: [text, "a text"],
  timestamp: [EpochMillis, "a time such as 2026-11-16T09:30:00Z", instantOf],
  requestId: [RequestId, "a UUID"],
  sessionId: [SessionId, "1 to 128 characters"],
  country: [text, "a text"],
  matchType: [MatchType, "full, partial, none or unknown"],
  matchScore: [MatchScore, "a number from 0 to 1", Number],
  processingTimeMs: [ResponseEvent.fields.processingTimeMs, "a number from 0", Number],
  outcome: [ResponseEvent.fields.outcome, "answered or failed"],
  model: [text, "a text"],
  inputTokens: natural,
  outputTokens: natural,
  cachedInputTokens: natural,
  cacheWriteTokens: natural,
  hourCacheWriteTokens: natural,
  reasoningTokens: natural,
  rating: [Vote.fields.rating, ratings.join(", ")],
  reason: [Vote.fields.reason.schema, voteReasons.join(", ")],
  comment: [Vote.fields.comment.schema, `up to ${commentLengthMax} characters`]
} as const satisfies Readonly<Record<string, Column>>
type Name = keyof typeof columns

export const required: ReadonlyArray<Name> = ["question", "answer", "timestamp"]

type Row = { readonly [N in Name]?: (typeof columns)[N][0]["Type"] }

const rowOf = (
  head: ReadonlyArray<string>,
  cells: ReadonlyArray<string>
): Result.Result<Row, RowRejected> => {
  if (cells.length !== head.length) {
    return reject(`${cells.length} cells where the first line has ${head.length}`)
  }
  const row: Record<string, unknown> = {}
  for (const [name, [schema, expected, read = withoutGuard]] of Object.entries<Column>(columns)) {
    const cell = cells[head.indexOf(name)] ?? ""
    if (cell === "") continue
    row[name] = read(cell)
    if (!Schema.is(schema)(row[name])) return reject(`${name}: expected ${expected}`)
  }
  const missing = (["question", "timestamp"] as const).find((name) => row[name] === undefined)
  return missing === undefined ? Result.succeed(row) : reject(`${missing}: empty`)
}

/** The last instant that an event may have. */
const timeMax = Date.UTC(10_000, 0) - 1

const optional = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }

const tokensOf = (row: Row): Tokens => ({
  ...optional("input", row.inputTokens),
  ...optional("output", row.outputTokens),
  ...optional("cachedInput", row.cachedInputTokens),
  ...optional("cacheWrites", row.cacheWriteTokens),
  ...optional("hourCacheWrites", row.hourCacheWriteTokens),
  ...optional("reasoning", row.reasoningTokens)
})

/** The history's word counts before ours; an answer whose text is not told is unknown. */
const matchTypeOf = ({ answer, matchType, outcome }: Row): MatchType => {
  const untold = answer === undefined && outcome !== "failed" ? "unknown" : undefined
  return judgeAnswer(answer ?? "", optional("matchType", matchType ?? untold)).matchType
}

const responseOf = (row: Row, head: Pick<ResponseEvent, "requestId" | "sessionId">, at: number) => {
  const { processingTimeMs = 0 } = row
  const tokens = tokensOf(row)
  return ResponseEvent.make({
    ...head,
    timestamp: Math.min(at + Math.round(processingTimeMs), timeMax),
    queryTimestamp: at,
    response: row.answer ?? "",
    matchType: matchTypeOf(row),
    ...optional("matchScore", row.matchScore),
    processingTimeMs,
    ...(Object.keys(tokens).length === 0 ? {} : { tokens }),
    ...optional("model", row.model),
    outcome: row.outcome ?? "answered"
  })
}

/** The time of a vote is not told, so any vote of a visitor is later. */
const votesOf = ({ comment, rating, reason }: Row, requestId: RequestId, at: number) =>
  rating === undefined
    ? []
    : [
        FeedbackEvent.make({
          requestId,
          queryTimestamp: at,
          votedAt: at,
          voteId: VoteId.make(uuid5(namespace, `${requestId}:feedback`)),
          rating,
          ...optional("reason", reason),
          ...optional("comment", comment)
        })
      ]

/** Counts how many rows of one content came before. */
export type Ranks = Map<string, number>

/** Rows of one content are one question asked several times, for example on one day. */
const idOf = ({ answer, question, requestId, sessionId, timestamp }: Row, ranks: Ranks) => {
  if (requestId !== undefined) return requestId
  const content = [question, answer, timestamp, sessionId]
  const first = uuid5(namespace, JSON.stringify(content))
  const rank = ranks.get(first) ?? 0
  ranks.set(first, rank + 1)
  return RequestId.make(rank === 0 ? first : uuid5(namespace, JSON.stringify([...content, rank])))
}

/**
 * The events of a row. Its content and its rank determine its request id, so that a second import
 * changes nothing. A row that tells nothing of an answer is a question that was never answered.
 */
export const eventsOfCells = (
  head: ReadonlyArray<string>,
  cells: ReadonlyArray<string>,
  ranks: Ranks = new Map()
): RowEvents =>
  Result.map(rowOf(head, cells), (row) => {
    const { answer, country, matchType, outcome, question = "", sessionId, timestamp = 0 } = row
    const requestId = idOf(row, ranks)
    const shared = { requestId, sessionId: sessionId ?? SessionId.make(requestId) }
    const metadata = optional("country", country)
    const query = QueryEvent.make({ ...shared, timestamp, query: question, metadata })
    const isAnswered = [answer, matchType, outcome].some((told) => told !== undefined)
    const responses = isAnswered ? [responseOf(row, shared, timestamp)] : []
    return [query, ...responses, ...votesOf(row, requestId, timestamp)]
  })
