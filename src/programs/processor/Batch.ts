import * as Result from "effect/Result"
import {
  decodeMessage,
  type InteractionEvent,
  UndecodableMessage
} from "../../schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../schema/EventText.ts"
import {
  correlate,
  eventKey,
  eventsOf,
  type Interaction,
  type InteractionKey,
  interactionKey
} from "../../schema/Interaction.ts"

/** One record of a Lambda batch, in the order of the queue. */
export interface QueueRecord {
  readonly messageId: string
  readonly groupId: string
  readonly body: string
}

/** One interaction as far as the batch tells it, with the records that told it. */
export interface Work {
  readonly interaction: Interaction
  readonly records: ReadonlyArray<QueueRecord>
  /** Repeats inside the batch: `conflicts` have other content, which is not kept. */
  readonly duplicates: number
  readonly conflicts: number
}

export interface Undecodable {
  readonly record: QueueRecord
  readonly error: UndecodableMessage
}

/** A sorted batch; `held` records wait behind an undecodable one of their group. */
export interface Batch {
  readonly decoded: number
  readonly work: ReadonlyArray<Work>
  readonly undecodable: ReadonlyArray<Undecodable>
  readonly held: ReadonlyArray<QueueRecord>
}

/** Work to which later records of the batch may still add. */
interface Growing extends Work {
  interaction: Interaction
  readonly records: Array<QueueRecord>
  duplicates: number
  conflicts: number
}

const started = (event: InteractionEvent, record: QueueRecord): Growing => ({
  interaction: correlate(undefined, event),
  records: [record],
  duplicates: 0,
  conflicts: 0
})

/** Adds the event's other half; a repeat leaves the interaction unchanged and is counted. */
const add = (work: Growing, event: InteractionEvent, record: QueueRecord): void => {
  const interaction = correlate(work.interaction, event)
  work.records.push(record)
  if (interaction !== work.interaction) {
    work.interaction = interaction
    return
  }
  const kept = eventsOf(interaction).find(({ eventType }) => eventType === event.eventType)
  const isSame = kept !== undefined && encodeMessage(kept) === encodeMessage(event)
  work[isSame ? "duplicates" : "conflicts"] += 1
}

/** A batch has at most ten messages, so a search is cheaper than a name for every key. */
const sameKey = (works: ReadonlyArray<Growing>, { requestId, timestamp }: InteractionKey) =>
  works.find(({ interaction }) => {
    const known = interactionKey(interaction)
    return known.timestamp === timestamp && known.requestId === requestId
  })

/** Decodes and folds a batch by request; a group stops at its first undecodable record. */
export const sortOut = (records: ReadonlyArray<QueueRecord>): Batch => {
  const work: Array<Growing> = []
  const undecodable: Array<Undecodable> = []
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
      undecodable.push({ record, error: event.failure })
      continue
    }
    if (event.success.eventType === "feedback") {
      stopped.add(record.groupId)
      const error = new UndecodableMessage({ reason: "unknown_event_type", detail: "a vote" })
      undecodable.push({ record, error })
      continue
    }
    const known = sameKey(work, eventKey(event.success))
    if (known === undefined) work.push(started(event.success, record))
    else add(known, event.success, record)
  }
  const decoded = records.length - undecodable.length - held.length
  return { decoded, work, undecodable, held }
}
