/** Found by running the product's own code on a conversation, and not by reckoning. */
import * as Effect from "effect/Effect"
import { type Footprint, logBytes } from "../../ops/cost/Footprint.ts"
import type { Prices } from "../../ops/cost/Prices.ts"
import * as AgentClassifierIsbot from "../../src/layers/AgentClassifierIsbot.ts"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import {
  type Half,
  halfOf,
  keyAttributes,
  wholeItem
} from "../../src/layers/dynamodb/InteractionItem.ts"
import { enrich } from "../../src/programs/processor/enrich.ts"
import { encodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import { correlate } from "../../src/schema/Interaction.ts"
import { retentionDays } from "../../src/schema/Retention.ts"
import { AgentClassifier } from "../../src/services/AgentClassifier.ts"
import type { Sample } from "../processor/samples.ts"
import { loggedLines } from "./LoggedLines.ts"
import { addUnits, reportReadUnits, storedBytes, type Table, writeUse } from "./TableUse.ts"

/** The item of a half that came first: what the store's update makes of nothing. */
const halfItem = (half: Half): Item => ({
  ...keyAttributes(half.key),
  ...half.shared,
  ...half.own,
  sessionId: half.sessionId,
  status: { S: half.firstStatus }
})

const halvesOf = Effect.fnUntraced(function* ({ query, response }: Sample) {
  const interaction = correlate(correlate(undefined, query), response)
  const { traits } = enrich(interaction, yield* AgentClassifier)
  return [halfOf(query, traits), halfOf(response, traits)] as const
})

interface Given {
  readonly sample: Sample
  readonly table: Table
  readonly limits: Prices["limits"]
  readonly processorMs: number
}

export const ourFootprint = Effect.fnUntraced(function* ({
  limits,
  processorMs,
  sample,
  table
}: Given) {
  const [query, response] = yield* halvesOf(sample)
  const { batch, metrics } = yield* loggedLines(sample)
  const [first, whole] = [halfItem(query), wholeItem(query, response)]
  const messages = [sample.query, sample.response].map(encodeMessage)
  const messageBytes = messages.reduce((sum, body) => sum + Buffer.byteLength(body), 0)
  const footprint: Footprint = {
    sentBytes: [messageBytes],
    messageBytes,
    writeUnits: {
      together: writeUse(table, undefined, whole),
      apart: addUnits(writeUse(table, undefined, first), writeUse(table, first, whole))
    },
    readUnits: 0,
    reportReadUnits: reportReadUnits(table, whole),
    storedBytes: storedBytes(table, whole, limits.itemOverheadBytes),
    keptDays: retentionDays,
    logBytesPerBatch: logBytes(batch, limits.logEventOverheadBytes),
    processorMs,
    roundTrips: () => 1
  }
  return { footprint, customMetrics: metrics }
}, Effect.provide(AgentClassifierIsbot.layer))
