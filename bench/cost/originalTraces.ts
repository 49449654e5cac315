/** The traces of a question in the original design, made by the code that the bench runs. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Traces } from "../../ops/cost/Footprint.ts"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { interimOf, interimTable, recordOf, recordTable } from "../processor/reference.ts"
import type { Sample } from "../processor/samples.ts"
import { itemBytes } from "./ItemSize.ts"
import { logOf } from "./LoggedLines.ts"
import { bothWrites, keptBytes, writesOf } from "./TableUse.ts"

/** Writes a value as the document client does. */
const attributeOf = (value: unknown): AttributeValue => {
  if (typeof value === "string") return { S: value }
  if (typeof value === "number") return { N: String(value) }
  if (typeof value === "boolean") return { BOOL: value }
  return { M: itemOf(value ?? {}) }
}

const itemOf = (fields: object): Item =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, attributeOf(value)]))

/** Puts the question, gets it, puts the record, and deletes the question. */
export const originalTraces = ({ query, response }: Sample): Traces => {
  const interim = itemOf(interimOf(query))
  const record = itemOf(recordOf(query, response))
  const { table: interimBytes = [] } = bothWrites(
    writesOf(interimTable, undefined, interim),
    writesOf(interimTable, interim, undefined)
  )
  // a question and its answer are stored one by one, even when one batch has both
  const writes = { ...writesOf(recordTable, undefined, record), interim: interimBytes }
  return {
    sentBytes: [query, response].map((event) => Buffer.byteLength(encodeMessage(event))),
    together: writes,
    apart: writes,
    readBytes: itemBytes(interim),
    ...keptBytes(recordTable, record),
    weekReads: 1,
    keptDays: 90,
    ...logOf([]),
    // one for a question and three for an answer
    roundTrips: { eachBatch: 0, eachMessage: 2 }
  }
}
