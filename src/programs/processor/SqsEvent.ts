import * as Data from "effect/Data"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import type { QueueRecord } from "./Batch.ts"

/** Neither the trigger nor the schedule has invoked the function, so the whole invocation fails. */
export class NotAnSqsEvent extends Data.TaggedError("NotAnSqsEvent") {
  override get message() {
    return "the event has no array of Records, and does not ask to drain the queue"
  }
}

/** The readable part of an event; `nameless` records have no id to return them by. */
export interface SqsBatch {
  readonly records: ReadonlyArray<QueueRecord>
  readonly nameless: number
}

const textAt = (value: unknown, key: string): string | undefined => {
  const found = Predicate.isObject(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : 0
  return typeof found === "string" && found !== "" ? found : undefined
}

/** Makes a record without a group its own group; a missing body becomes an undecodable one. */
const recordOf = (record: unknown): QueueRecord | undefined => {
  const messageId = textAt(record, "messageId")
  if (messageId === undefined) return undefined
  const attributes = Predicate.hasProperty(record, "attributes") ? record.attributes : undefined
  return {
    messageId,
    groupId: textAt(attributes, "MessageGroupId") ?? messageId,
    body: textAt(record, "body") ?? ""
  }
}

/** Reads Lambda's SQS event record by record, so that a malformed record costs no other. */
export const batchOf = (event: unknown): Result.Result<SqsBatch, NotAnSqsEvent> => {
  const found = Predicate.hasProperty(event, "Records") ? event.Records : undefined
  if (!Array.isArray(found)) return Result.fail(new NotAnSqsEvent())
  const records = found.map(recordOf).filter((record) => record !== undefined)
  return Result.succeed({ records, nameless: found.length - records.length })
}
