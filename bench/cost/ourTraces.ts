/** The traces of a question in our design, made by running the product on it. */
import * as Effect from "effect/Effect"
import type { Traces } from "../../ops/cost/Footprint.ts"
import * as AgentClassifierIsbot from "../../src/layers/AgentClassifierIsbot.ts"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import {
  type Half,
  halfOf,
  keyAttributes,
  wholeItem
} from "../../src/layers/dynamodb/InteractionItem.ts"
import * as LanguageDetectorEld from "../../src/layers/LanguageDetectorEld.ts"
import { enrich, tellers } from "../../src/programs/processor/enrich.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { correlate } from "../../src/schema/Interaction.ts"
import { retentionDays } from "../../src/schema/Retention.ts"
import type { Sample } from "../processor/samples.ts"
import { loggedLines, logOf } from "./LoggedLines.ts"
import { bothWrites, keptBytes, type Table, writesOf } from "./TableUse.ts"

/** The item of the half that comes first, as the store's update makes it. */
const halfItem = (half: Half): Item => ({
  ...keyAttributes(half.key),
  ...half.shared,
  ...half.own,
  sessionId: half.sessionId,
  status: { S: half.firstStatus }
})

const halvesOf = Effect.fnUntraced(function* ({ query, response }: Sample) {
  const interaction = correlate(correlate(undefined, query), response)
  const { traits } = enrich(interaction, yield* tellers)
  return [halfOf(query, traits), halfOf(response, traits)] as const
})

export const ourTraces = Effect.fnUntraced(
  function* (sample: Sample, table: Table) {
    const [query, response] = yield* halvesOf(sample)
    const { batch, metrics } = yield* loggedLines(sample)
    const [first, whole] = [halfItem(query), wholeItem(query, response)]
    const messages = [sample.query, sample.response].map(encodeMessage)
    const traces: Traces = {
      // the Worker sends both in one request
      sentBytes: [messages.reduce((sum, body) => sum + Buffer.byteLength(body), 0)],
      together: writesOf(table, undefined, whole),
      apart: bothWrites(writesOf(table, undefined, first), writesOf(table, first, whole)),
      readBytes: 0,
      ...keptBytes(table, whole),
      weekReads: 2,
      keptDays: retentionDays,
      ...logOf(batch),
      roundTrips: { eachBatch: 1, eachMessage: 0 }
    }
    return { traces, customMetrics: metrics }
  },
  Effect.provide([AgentClassifierIsbot.layer, LanguageDetectorEld.layer])
)
