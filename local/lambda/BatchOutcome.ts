import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

export interface BatchOutcome {
  /** These leave the queue. */
  readonly delete: ReadonlyArray<string>
  /** These stay, and hold their group back until their visibility timeout ends. */
  readonly keep: ReadonlyArray<string>
}

const PartialBatchResponse = Schema.Struct({
  batchItemFailures: Schema.optional(
    Schema.NullOr(Schema.Array(Schema.Struct({ itemIdentifier: Schema.NonEmptyString })))
  )
})

const decodeResponse = Schema.decodeUnknownOption(Schema.NullishOr(PartialBatchResponse))

/** Keeps the whole batch in the queue, as after a failed invocation. */
export const allKept = (messageIds: ReadonlyArray<string>): BatchOutcome => ({
  delete: [],
  keep: messageIds
})

/**
 * Reads a function's answer as Lambda does under `ReportBatchItemFailures`. A missing or empty list
 * means full success. An unknown identifier fails the whole batch, because any message may be
 * meant.
 */
export const outcomeOf = (messageIds: ReadonlyArray<string>, response: unknown): BatchOutcome => {
  const decoded = decodeResponse(response)
  if (Option.isNone(decoded)) return allKept(messageIds)
  const failures = decoded.value?.batchItemFailures ?? []
  const named = new Set(failures.map(({ itemIdentifier }) => itemIdentifier))
  const known = new Set(messageIds)
  if (![...named].every((id) => known.has(id))) return allKept(messageIds)
  return {
    delete: messageIds.filter((id) => !named.has(id)),
    keep: messageIds.filter((id) => named.has(id))
  }
}
