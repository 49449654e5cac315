import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

export interface BatchOutcome {
  /** These are done, and leave the queue. */
  readonly delete: ReadonlyArray<string>
  /** These stay, invisible until their visibility timeout ends, and so hold their group back. */
  readonly keep: ReadonlyArray<string>
}

const PartialBatchResponse = Schema.Struct({
  batchItemFailures: Schema.optional(
    Schema.NullOr(Schema.Array(Schema.Struct({ itemIdentifier: Schema.NonEmptyString })))
  )
})

const decodeResponse = Schema.decodeUnknownOption(Schema.NullishOr(PartialBatchResponse))

/** What a failed invocation means for its batch: nothing leaves the queue. */
export const allKept = (messageIds: ReadonlyArray<string>): BatchOutcome => ({
  delete: [],
  keep: messageIds
})

/**
 * Reads a function's answer as Lambda does under `ReportBatchItemFailures`.
 *
 * No list, or an empty one, is full success. One entry that names no message of the batch
 * condemns the whole batch, because then nobody knows which message was meant.
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
