/**
 * The design that the product comes from, as its article defines it, in the terms that ours is
 * computed in; what it stores is made by the same code that the bench measures it with.
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import type { Deployment } from "../../ops/cost/Deployment.ts"
import { firingsPerMonth } from "../../ops/cost/Firings.ts"
import { type Footprint, logBytes } from "../../ops/cost/Footprint.ts"
import type { Prices } from "../../ops/cost/Prices.ts"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { encodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import { interimOf, interimTable, recordOf, recordTable } from "../processor/reference.ts"
import type { Sample } from "../processor/samples.ts"
import { itemBytes, readUnitsOf } from "./ItemSize.ts"
import { addUnits, reportReadUnits, storedBytes, writeUse } from "./TableUse.ts"

/** As the document client writes them. */
const attributeOf = (value: unknown): AttributeValue => {
  if (typeof value === "string") return { S: value }
  if (typeof value === "number") return { N: String(value) }
  if (typeof value === "boolean") return { BOOL: value }
  return { M: itemOf(value ?? {}) }
}

const itemOf = (fields: object): Item =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, attributeOf(value)]))

interface Given {
  readonly sample: Sample
  readonly limits: Prices["limits"]
  readonly processorMs: number
}

/** Put the question, get it, put the record, delete the question. */
export const originalFootprint = ({ limits, processorMs, sample }: Given): Footprint => {
  const { query, response } = sample
  const interim = itemOf(interimOf(query))
  const record = itemOf(recordOf(query, response))
  const sentBytes = [query, response].map((event) => Buffer.byteLength(encodeMessage(event)))
  const interimUnits = addUnits(
    writeUse(interimTable, undefined, interim),
    writeUse(interimTable, interim, undefined)
  )
  const units = [...writeUse(recordTable, undefined, record), ...interimUnits]
  return {
    sentBytes,
    messageBytes: sentBytes.reduce((sum, bytes) => sum + bytes, 0),
    // a question and its answer are stored one by one, even when one batch has both
    writeUnits: { together: units, apart: units },
    readUnits: readUnitsOf(itemBytes(interim)),
    reportReadUnits: reportReadUnits(recordTable, record),
    storedBytes: storedBytes(recordTable, record, limits.itemOverheadBytes),
    keptDays: 90,
    logBytesPerBatch: logBytes([], limits.logEventOverheadBytes),
    processorMs,
    // one for a question and three for an answer
    roundTrips: (messages) => 2 * messages
  }
}

/** On demand with recovery, 256 MB on x86, 10 GB-seconds a run, no alarm and no retention. */
export const originalDeployment = Effect.map(
  firingsPerMonth({ expression: "cron(0 9 ? * MON *)", timeZone: "UTC" }),
  (reportsPerMonth): Deployment => ({
    triggers: 1,
    batchSize: 10,
    processor: { memoryMb: 256, architecture: "x86_64" },
    reporterGbSeconds: 10,
    reporterArchitecture: "x86_64",
    runsPerMonth: reportsPerMonth,
    reportsPerMonth,
    capacity: { mode: "on demand" },
    pointInTimeRecovery: true,
    customMetrics: 0,
    metricRequestsPerMonth: 0,
    alarms: 0,
    topics: 0,
    codeBuckets: 0,
    logRetentionDays: undefined,
    unpriced: []
  })
)
