/** The pace of an import, so that visitors' events need not wait for write units. */
import { halfOf } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"
import { questionLengthMax } from "../../src/schema/InteractionSummary.ts"
import type { WriteUnits } from "../installation/TableShape.ts"

/** The import's share of the write units; visitors keep the other half. */
const share = 0.5

/** The processor's few instances set a limit where the table sets none. */
const secondsMin = 0.01

/** Bytes of an item's plain attributes and their names, without the question. */
const plainBytes = 600

const unitsOf = (bytes: number): number => Math.ceil(bytes / 1024)

/** Seconds of the import's share that one request takes from the table or its busiest index. */
export const secondsFor = (events: ReadonlyArray<AnalyticsEvent>, units: WriteUnits): number => {
  const question = events.find((event) => event.eventType === "query")?.query ?? ""
  const projected = plainBytes + Buffer.byteLength(question.slice(0, questionLengthMax))
  const bodies = events.reduce(
    (sum, event) => sum + (event.eventType === "feedback" ? 0 : halfOf(event).body.length),
    0
  )
  const vote = events.find((event) => event.eventType === "feedback")
  const votes = vote === undefined ? 0 : unitsOf(plainBytes + Buffer.byteLength(vote.comment ?? ""))
  const inTable =
    units.table === undefined ? 0 : (unitsOf(projected + bodies) + votes) / units.table
  const inIndexes = units.indexes.map((each) => (unitsOf(projected) + votes) / each)
  return Math.max(secondsMin, Math.max(inTable, ...inIndexes) / share)
}
