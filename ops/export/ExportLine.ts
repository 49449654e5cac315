/** One interaction as one line of an export; only its texts need the stored bodies. */
import * as DateTime from "effect/DateTime"
import { weekProjection } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { Tokens } from "../../src/schema/Answer.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { eventsOf, type Interaction } from "../../src/schema/Interaction.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import { csvLine, type Value } from "../csv/Csv.ts"

export const formats = ["csv", "jsonl"] as const
export type Format = (typeof formats)[number]

/** The column of each count of tokens; an import knows the same names. */
const tokenColumns = {
  input: "inputTokens",
  output: "outputTokens",
  cachedInput: "cachedInputTokens",
  cacheWrites: "cacheWriteTokens",
  hourCacheWrites: "hourCacheWriteTokens",
  reasoning: "reasoningTokens"
} as const satisfies Record<keyof Tokens, string>
const tokenNames = Object.keys(tokenColumns) as ReadonlyArray<keyof Tokens>

/** Key, status and the week index' attributes without the question. */
const columns = [
  "requestId",
  "timestamp",
  "status",
  ...weekProjection.filter((name) => name !== "question" && name !== "tokens"),
  ...Object.values(tokenColumns)
]

type Fields = Readonly<Record<string, Value>>

const fieldsOf = ({ query, response, timestamp, ...head }: InteractionSummary): Fields => {
  const { tokens = {}, ...answered } = response ?? {}
  const known: Fields = {
    ...head,
    timestamp: DateTime.formatIso(DateTime.makeUnsafe(timestamp)),
    ...query,
    ...answered,
    ...Object.fromEntries(tokenNames.map((name) => [tokenColumns[name], tokens[name]]))
  }
  return Object.fromEntries(
    columns.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]]))
  )
}

/** Question and answer; one that is absent or unreadable is empty. */
const textsOf = (interaction: Interaction | undefined): ReadonlyArray<Value> => [
  interaction && "query" in interaction ? interaction.query.query : undefined,
  interaction && "response" in interaction ? interaction.response.response : undefined
]

export const headOf = (format: Format, withText: boolean): string =>
  format === "jsonl" ? "" : csvLine([...columns, ...(withText ? ["question", "answer"] : [])])

interface Exported {
  readonly summary: InteractionSummary
  /** Undefined when its texts are not asked for, or unreadable. */
  readonly interaction: Interaction | undefined
}

/** Carries the events as the queue does, so that the line can be imported again. */
const jsonLine = ({ interaction, summary }: Exported): string => {
  const events = interaction === undefined ? [] : eventsOf(interaction).map(encodeMessage)
  const fields = JSON.stringify(fieldsOf(summary))
  return events.length === 0
    ? `${fields}\n`
    : `${fields.slice(0, -1)},"events":[${events.join(",")}]}\n`
}

export const lineOf = (exported: Exported, format: Format, withText: boolean): string => {
  if (format === "jsonl") return jsonLine(exported)
  const fields = fieldsOf(exported.summary)
  return csvLine([
    ...columns.map((name) => fields[name]),
    ...(withText ? textsOf(exported.interaction) : [])
  ])
}
