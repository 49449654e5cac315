/** A line of an export, read again as what the week index told. */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"
import { Tokens } from "../../src/schema/Answer.ts"
import { correlate, type Interaction } from "../../src/schema/Interaction.ts"
import { InteractionSummary, queryPart } from "../../src/schema/InteractionSummary.ts"
import { type Vote, voteIn } from "../../src/schema/Vote.ts"
import { VoteEntry } from "../../src/schema/WeekEntry.ts"
import { eventsOfLine } from "../import/JsonRow.ts"
import { tokenColumns } from "./ExportLine.ts"

export interface ExportedEntry {
  readonly entry: InteractionSummary | VoteEntry
  /** Absent without texts. */
  readonly interaction?: Interaction
}

const decodeRow = Schema.decodeUnknownResult(
  Schema.fromJsonString(Schema.Record(Schema.String, Schema.Unknown))
)
const decodeSummary = Schema.decodeUnknownResult(InteractionSummary)
const decodeVote = Schema.decodeUnknownResult(VoteEntry)

const tokensIn = (row: Readonly<Record<string, unknown>>) => {
  const told = Object.keys(Tokens.fields).flatMap((name) => {
    const count = row[tokenColumns[name as keyof typeof tokenColumns]]
    return count === undefined ? [] : [[name, count] as const]
  })
  return told.length === 0 ? {} : { tokens: Object.fromEntries(told) }
}

const wordsIn = (events: ReadonlyArray<AnalyticsEvent>) => {
  let interaction: Interaction | undefined
  let vote: Vote | undefined
  let question = ""
  for (const event of events) {
    if (event.eventType === "feedback") vote = voteIn(event)
    else interaction = correlate(interaction, event)
    if (event.eventType === "query") question = queryPart(event).question
  }
  return { interaction, vote, question }
}

const entryOf = (
  row: Readonly<Record<string, unknown>>,
  { question, vote: said }: ReturnType<typeof wordsIn>
): Result.Result<ExportedEntry["entry"], unknown> => {
  const { rating, reason, status } = row
  const timestamp = Date.parse(String(row.timestamp))
  const voted = said ?? { rating, ...(reason === undefined ? {} : { reason }) }
  const vote = rating === undefined ? {} : { vote: voted }
  if (status === "vote") return decodeVote({ ...row, timestamp, ...vote })
  return decodeSummary({
    ...row,
    timestamp,
    ...(status === "awaiting_query" ? {} : { query: { ...row, question } }),
    ...(status === "awaiting_response" ? {} : { response: { ...row, ...tokensIn(row) } }),
    ...vote
  })
}

/** Fails for a line that is cut, damaged or no export's. */
export const exportedEntry = (line: string): Result.Result<ExportedEntry, unknown> =>
  Result.flatMap(decodeRow(line), (row): Result.Result<ExportedEntry, unknown> => {
    const events = row.events === undefined ? Result.succeed([]) : eventsOfLine(line)
    return Result.flatMap(events, (known) => {
      const words = wordsIn(known)
      const { interaction } = words
      return Result.map(entryOf(row, words), (entry) => ({
        entry,
        ...(interaction === undefined ? {} : { interaction })
      }))
    })
  })
