/** A row of a chatbot's history: question, answer, timestamp, and whatever else is known. */
import { createHash } from "node:crypto"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import {
  FeedbackEvent,
  QueryEvent,
  RequestId,
  ResponseEvent,
  SessionId
} from "../../src/schema/AnalyticsEvent.ts"
import { MatchScore, MatchType, type Tokens } from "../../src/schema/Answer.ts"
import { isFields } from "../../src/schema/chat/Json.ts"
import { judgeAnswer } from "../../src/schema/chat/judgeAnswer.ts"
import { optional } from "../../src/schema/chat/Usage.ts"
import { Vote, VoteId } from "../../src/schema/Vote.ts"
import { commentLengthMax, ratings, voteReasons } from "../../src/schema/VoteWords.ts"
import type { Told } from "./columns.ts"
import type { Ranks } from "./Ranks.ts"
import { type RowEvents, type RowRejected, reject } from "./RowRejected.ts"
import type { Times } from "./Times.ts"
import { visitorOf } from "./visitorOf.ts"

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

type Column = readonly [
  schema: Schema.Codec<unknown>,
  expected: string,
  read?: (value: unknown) => unknown
]

const text = [Schema.String, "a text"] as const
const natural = [Schema.Natural, "a whole number", Number] as const

/** Words for a vote that other tools write; a number is one only where it leaves no doubt. */
const votes = {
  up: /^(?:1|true|like|liked|good|positive|thumbs?[ _-]?up|👍.*)$/iu,
  down: /^(?:-1|0|false|dislike|disliked|bad|negative|thumbs?[ _-]?down|👎.*)$/iu
}

const ratingIn = (value: unknown): unknown => {
  const word = String(isFields(value) ? (value.rating ?? "") : value).trim()
  if (votes.up.test(word)) return "up"
  return votes.down.test(word) ? "down" : word
}

/** The columns that are checked; an empty cell counts as absent. */
const columns = {
  question: text,
  answer: text,
  requestId: [RequestId, "a UUID"],
  sessionId: [SessionId, "1 to 128 characters", String],
  matchType: [MatchType, "full, partial, none or unknown"],
  matchScore: [MatchScore, "a number from 0 to 1", Number],
  processingTimeMs: [ResponseEvent.fields.processingTimeMs, "a number from 0", Number],
  outcome: [ResponseEvent.fields.outcome, "answered or failed"],
  model: text,
  inputTokens: natural,
  outputTokens: natural,
  cachedInputTokens: natural,
  cacheWriteTokens: natural,
  hourCacheWriteTokens: natural,
  reasoningTokens: natural,
  rating: [Vote.fields.rating, ratings.join(", "), ratingIn],
  reason: [Vote.fields.reason.schema, voteReasons.join(", ")],
  comment: [Vote.fields.comment.schema, `up to ${commentLengthMax} characters`],
  turn: [QueryEvent.fields.turn.schema, "a whole number from 1", Number]
} as const satisfies Readonly<Record<string, Column>>
type Name = keyof typeof columns

type Row = { readonly [N in Name]?: (typeof columns)[N][0]["Type"] } & {
  readonly timestamp: number
}

const same = (value: unknown): unknown => value

/** An empty cell, and what JSON and databases write for it. */
const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ""

const rowOf = (told: Told, timestamp: number): Result.Result<Row, RowRejected> => {
  const row: Record<string, unknown> = { timestamp }
  for (const [name, [schema, expected, read = same]] of Object.entries<Column>(columns)) {
    const value = told[name as Name]
    if (isAbsent(value)) continue
    const known = read(value)
    if (isAbsent(known)) continue
    row[name] = known
    if (!Schema.is(schema)(known)) return reject(`${name}: expected ${expected}`)
  }
  return Result.succeed(row as Row)
}

/** The last instant that an event may have. */
const timeMax = Date.UTC(10_000, 0) - 1

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

/** Rows of one content are one question asked several times, for example on one day. */
const idOf = ({ answer, question, requestId, sessionId, timestamp }: Row, ranks: Ranks) => {
  if (requestId !== undefined) return requestId
  const content = [question, answer, timestamp, sessionId]
  const rank = ranks.next(JSON.stringify(content))
  const name = JSON.stringify(rank === 0 ? content : [...content, rank])
  return RequestId.make(uuid5(namespace, name))
}

export interface RowContext {
  readonly times: Times
  readonly ranks: Ranks
}

/** A half that the export knew, or the vote on a question that is gone. */
const halvesOf = ({ status }: Told, row: Row): ReadonlyArray<"query" | "response"> => {
  if (status === "vote") return []
  if (status === "awaiting_query") return ["response"]
  const { answer, matchType, outcome } = row
  const isAnswered = [answer, matchType, outcome].some((told) => told !== undefined)
  return isAnswered ? ["query", "response"] : ["query"]
}

/**
 * The events of a row. Its content and its rank determine its request id, so that a second import
 * changes nothing. A row that tells nothing of an answer is a question that was never answered.
 */
export const eventsOfTold = (told: Told, { ranks, times }: RowContext): RowEvents =>
  Result.flatMap(times.read(told), (timestamp) =>
    Result.flatMap(rowOf(told, timestamp), (row): RowEvents => {
      const halves = halvesOf(told, row)
      const isWithheld = row.question === undefined && told.status !== undefined
      if (halves.includes("query") && row.question === undefined && !isWithheld) {
        return reject("question: empty")
      }
      const requestId = idOf(row, ranks)
      const shared = { requestId, sessionId: row.sessionId ?? SessionId.make(requestId) }
      const query = QueryEvent.make({
        ...shared,
        timestamp,
        query: row.question ?? "",
        ...(isWithheld ? { text: "withheld" as const } : {}),
        ...optional("turn", row.turn),
        metadata: visitorOf(told)
      })
      return Result.succeed([
        ...(halves.includes("query") ? [query] : []),
        ...(halves.includes("response") ? [responseOf(row, shared, timestamp)] : []),
        ...votesOf(row, requestId, timestamp)
      ])
    })
  )
