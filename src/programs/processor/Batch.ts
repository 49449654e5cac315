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

const unstarted = { interaction: undefined, records: [], duplicates: 0, conflicts: 0 }

/** How an event that comes again stands to the one of its kind that is there. */
const repeatOf = (known: Interaction | undefined, event: AnalyticsEvent) => {
  const kept =
    known === undefined
      ? undefined
      : eventsOf(known).find(({ eventType }) => eventType === event.eventType)
  if (kept === undefined) return { duplicates: 0, conflicts: 0 }
  return encodeMessage(kept) === encodeMessage(event)
    ? { duplicates: 1, conflicts: 0 }
    : { duplicates: 0, conflicts: 1 }
}

const withEvent = (known: Work | undefined, event: AnalyticsEvent, record: QueueRecord): Work => {
  const { conflicts, duplicates, interaction, records } = known ?? unstarted
  const repeat = repeatOf(interaction, event)
  return {
    interaction: correlate(interaction, event),
    records: [...records, record],
    duplicates: duplicates + repeat.duplicates,
    conflicts: conflicts + repeat.conflicts
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
    work.set(name, withEvent(work.get(name), event.success, record))
  }
  const decoded = records.length - rejected.length - held.length
  return { decoded, work: [...work.values()], rejected, held }
}

/** The records to be returned: those that failed, and the later ones of their groups. */
export const withLaterOfGroup = (
  records: ReadonlyArray<QueueRecord>,
  failed: ReadonlySet<QueueRecord>
): ReadonlyArray<QueueRecord> => {
  const stopped = new Set<string>()
  return records.filter((record) => {
    if (failed.has(record)) stopped.add(record.groupId)
    return stopped.has(record.groupId)
  })
}
