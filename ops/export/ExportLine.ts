/** One interaction as one line of an export; only its texts need the stored bodies. */
import * as DateTime from "effect/DateTime"
import { weekProjection } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { FeedbackEvent } from "../../src/schema/AnalyticsEvent.ts"
import type { Tokens } from "../../src/schema/Answer.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { eventsOf, type Interaction } from "../../src/schema/Interaction.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import type { VoteEntry } from "../../src/schema/WeekEntry.ts"
import { csvLine, type Value } from "../csv/Csv.ts"

export const lineFormats = ["csv", "jsonl"] as const
export type LineFormat = (typeof lineFormats)[number]
export const formats = [...lineFormats, "parquet"] as const
export type Format = (typeof formats)[number]

/** The column of each count of tokens; an import knows the same names. */
export const tokenColumns = {
  input: "inputTokens",
  output: "outputTokens",
  cachedInput: "cachedInputTokens",
  cacheWrites: "cacheWriteTokens",
  hourCacheWrites: "hourCacheWriteTokens",
  reasoning: "reasoningTokens"
} as const satisfies Record<keyof Tokens, string>
const tokenNames = Object.keys(tokenColumns) as ReadonlyArray<keyof Tokens>

/** Key, status, and the week index' attributes without the question and the comment. */
const columns = [
  "requestId",
  "timestamp",
  "status",
  ...weekProjection.filter((name) => !["question", "tokens", "vote"].includes(name)),
  "rating",
  "reason",
  ...Object.values(tokenColumns)
]

type Fields = Readonly<Record<string, Value>>

type Told = InteractionSummary | VoteEntry

const fieldsOf = (told: Told): Fields => {
  const { query, response, timestamp, vote, ...head } =
    told.status === "vote" ? { ...told, query: undefined, response: undefined } : told
  const { tokens = {}, ...answered } = response ?? {}
  const known: Fields = {
    ...head,
    timestamp: DateTime.formatIso(DateTime.makeUnsafe(timestamp)),
    ...query,
    ...answered,
    ...vote,
    ...Object.fromEntries(tokenNames.map((name) => [tokenColumns[name], tokens[name]]))
  }
  return Object.fromEntries(
    columns.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]]))
  )
}

export interface Exported {
  /** With its vote; a vote whose question is gone has a line of its own. */
  readonly summary: Told
  /** Undefined when its texts are not asked for, or unreadable. */
  readonly interaction: Interaction | undefined
  /** The whole vote, undefined likewise. */
  readonly vote: FeedbackEvent | undefined
}

const texts = ["question", "answer", "comment"]

export const tableColumns = (withText: boolean): ReadonlyArray<string> =>
  withText ? [...columns, ...texts] : columns

/** The fields of a table; a text that is absent or unreadable is absent. */
export const recordOf = ({ interaction, summary }: Exported, withText: boolean): Fields => ({
  ...fieldsOf(summary),
  ...(withText && {
    question: interaction && "query" in interaction ? interaction.query.query : undefined,
    answer: interaction && "response" in interaction ? interaction.response.response : undefined,
    comment: summary.vote?.comment
  })
})

/** Spreadsheets take a file without this mark for one of an older encoding. */
const byteOrderMark = "\uFEFF"

export const headOf = (format: LineFormat, withText: boolean): string =>
  format === "jsonl" ? "" : csvLine(tableColumns(withText))

export const fileHeadOf = (format: LineFormat, withText: boolean): string =>
  format === "jsonl" ? "" : byteOrderMark + headOf(format, withText)

/** Carries the events as the queue does, so that the line can be imported again. */
const jsonLine = ({ interaction, summary, vote }: Exported): string => {
  const halves = interaction === undefined ? [] : eventsOf(interaction)
  const events = [...halves, ...(vote === undefined ? [] : [vote])].map(encodeMessage)
  const fields = JSON.stringify(fieldsOf(summary))
  return events.length === 0
    ? `${fields}\n`
    : `${fields.slice(0, -1)},"events":[${events.join(",")}]}\n`
}

export const lineOf = (exported: Exported, format: LineFormat, withText: boolean): string => {
  if (format === "jsonl") return jsonLine(exported)
  const record = recordOf(exported, withText)
  return csvLine(tableColumns(withText).map((name) => record[name]))
}
