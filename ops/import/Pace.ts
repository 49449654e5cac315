/** How fast a history may come without the visitors' own events waiting for write units. */
import { halfOf } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"
import { questionLengthMax } from "../../src/schema/InteractionSummary.ts"
import type { WriteUnits } from "../installation/TableShape.ts"

/** Half of what the table can be written is left to the visitors. */
const share = 0.5

/** Where the table sets no limit, the processor's own few instances do. */
const secondsMin = 0.01

/** An item's plain attributes but for the question, with their names. */
const plainBytes = 600

const unitsOf = (bytes: number): number => Math.ceil(bytes / 1024)

/** How long storing the events of one request may take of the table and of each index. */
export const secondsFor = (events: ReadonlyArray<AnalyticsEvent>, units: WriteUnits): number => {
  const question = events.find((event) => event.eventType === "query")?.query ?? ""
  const projected = plainBytes + Buffer.byteLength(question.slice(0, questionLengthMax))
  const bodies = events.reduce((sum, event) => sum + halfOf(event).body.length, 0)
  const inTable = units.table === undefined ? 0 : unitsOf(projected + bodies) / units.table
  const inIndexes = units.indexes.map((each) => unitsOf(projected) / each)
  return Math.max(secondsMin, Math.max(inTable, ...inIndexes) / share)
}
