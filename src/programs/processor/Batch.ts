import * as Result from "effect/Result"
import {
  type AnalyticsEvent,
  decodeMessage,
  encodeMessage,
  type UndecodableMessage
} from "../../schema/AnalyticsEvent.ts"
import {
  correlate,
  eventKey,
  eventsOf,
  type Interaction,
  keyName
} from "../../schema/Interaction.ts"

/** One record of a Lambda batch, in the order of the queue. */
export interface QueueRecord {
  readonly messageId: string
  readonly groupId: string
  readonly body: string
}

/** What the batch says of one interaction, and the records that said it. */
export interface Work {
  readonly interaction: Interaction
  readonly records: ReadonlyArray<QueueRecord>
  /** Repeats inside the batch: of the same content, and of other content that is not kept. */
  readonly duplicates: number
  readonly conflicts: number
}

export interface Rejected {
  readonly record: QueueRecord
  readonly error: UndecodableMessage
}

/**
 * A batch sorted out: `work` to be stored, `rejected` records that are no events, and `held`
 * records that come after a rejected one of their group and so have to wait behind it.
 */
export interface Batch {
  readonly decoded: number
  readonly work: ReadonlyArray<Work>
  readonly rejected: ReadonlyArray<Rejected>
  readonly held: ReadonlyArray<QueueRecord>
}

/** What a first event of a request starts. */
const startedBy = (event: AnalyticsEvent, record: QueueRecord): Work => ({
  interaction: correlate(undefined, event),
  records: [record],
  duplicates: 0,
  conflicts: 0
})

/**
 * A further event of a request: its other half, or a repeat, which changes nothing and is counted.
 */
const withEvent = (work: Work, event: AnalyticsEvent, record: QueueRecord): Work => {
  const interaction = correlate(work.interaction, event)
  const records = [...work.records, record]
  if (interaction !== work.interaction) return { ...work, interaction, records }
  const kept = eventsOf(interaction).find(({ eventType }) => eventType === event.eventType)
  const isSame = kept !== undefined && encodeMessage(kept) === encodeMessage(event)
  return {
    interaction,
    records,
    duplicates: work.duplicates + Number(isSame),
    conflicts: work.conflicts + Number(!isSame)
  }
}

/** Decodes and folds a batch by request; a group stops at its first undecodable record. */
export const sortOut = (records: ReadonlyArray<QueueRecord>): Batch => {
  const work = new Map<string, Work>()
  const rejected: Array<Rejected> = []
  const held: Array<QueueRecord> = []
  const stopped = new Set<string>()
  for (const record of records) {
    if (stopped.has(record.groupId)) {
      held.push(record)
      continue
    }
    const event = decodeMessage(record.body)
    if (Result.isFailure(event)) {
      stopped.add(record.groupId)
      rejected.push({ record, error: event.failure })
      continue
    }
    const name = keyName(eventKey(event.success))
    const known = work.get(name)
    work.set(
      name,
      known === undefined
        ? startedBy(event.success, record)
        : withEvent(known, event.success, record)
    )
  }
  const decoded = records.length - rejected.length - held.length
  return { decoded, work: [...work.values()], rejected, held }
}

/** The records to be returned: those that failed, and the later ones of their groups. */
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
