import type { QueueRecord } from "./Batch.ts"

/** Lambda's partial batch response: the ids of the messages that SQS delivers again. */
export interface BatchResponse {
  readonly batchItemFailures: ReadonlyArray<{ readonly itemIdentifier: string }>
}

/** Selects the failed records and the later ones of their groups, in the order of the queue. */
export const withLaterOfGroup = (
  records: ReadonlyArray<QueueRecord>,
  failed: ReadonlySet<QueueRecord>
): ReadonlyArray<QueueRecord> => {
  if (failed.size === 0) return []
  const stopped = new Set<string>()
  return records.filter((record) => {
    if (failed.has(record)) stopped.add(record.groupId)
    return stopped.has(record.groupId)
  })
}

export const returning = (records: ReadonlyArray<QueueRecord>): BatchResponse => ({
  batchItemFailures: [...new Set(records.map(({ messageId }) => messageId))].map(
    (itemIdentifier) => ({ itemIdentifier })
  )
})

/** Lambda takes an empty identifier as a failure of the whole batch. */
export const returningAll: BatchResponse = { batchItemFailures: [{ itemIdentifier: "" }] }
