import * as Result from "effect/Result"
import {
  decodeMessage,
  type FeedbackEvent,
  type InteractionEvent,
  type UndecodableMessage
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
import { latestVote } from "../../schema/Vote.ts"

/** One record of a Lambda batch, in the order of the queue. */
export interface QueueRecord {
  readonly messageId: string
  readonly groupId: string
  readonly body: string
}

/** One interaction as far as the batch tells it, with the records that told it. */
export interface InteractionWork {
  readonly interaction: Interaction
  readonly records: ReadonlyArray<QueueRecord>
  /** Repeats inside the batch: `conflicts` have other content, which is not kept. */
  readonly duplicates: number
  readonly conflicts: number
}

/** The latest of the batch's votes on one interaction; the older ones are not stored. */
export interface VoteWork {
  readonly vote: FeedbackEvent
  readonly records: ReadonlyArray<QueueRecord>
  /** Repeats inside the batch. */
  readonly duplicates: number
  readonly older: number
}

export type Work = InteractionWork | VoteWork

export const isVote = (work: Work): work is VoteWork => "vote" in work

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
interface Growing extends InteractionWork {
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

interface GrowingVote extends VoteWork {
  vote: FeedbackEvent
  readonly records: Array<QueueRecord>
  duplicates: number
  older: number
}

const isSameKey = (one: InteractionKey, other: InteractionKey): boolean =>
  one.timestamp === other.timestamp && one.requestId === other.requestId

/** A batch has at most ten messages, so a search is cheaper than a name for every key. */
const addHalf = (works: Array<Growing>, event: InteractionEvent, record: QueueRecord): void => {
  const key = eventKey(event)
  const known = works.find(({ interaction }) => isSameKey(interactionKey(interaction), key))
  if (known === undefined) works.push(started(event, record))
  else add(known, event, record)
}

const addVote = (works: Array<GrowingVote>, vote: FeedbackEvent, record: QueueRecord): void => {
  const known = works.find((work) => isSameKey(eventKey(work.vote), eventKey(vote)))
  if (known === undefined) {
    works.push({ vote, records: [record], duplicates: 0, older: 0 })
    return
  }
  known.records.push(record)
  known[known.vote.voteId === vote.voteId ? "duplicates" : "older"] += 1
  known.vote = latestVote(known.vote, vote)
}

/** Decodes and folds a batch by request; a group stops at its first undecodable record. */
export const sortOut = (records: ReadonlyArray<QueueRecord>): Batch => {
  const interactions: Array<Growing> = []
  const votes: Array<GrowingVote> = []
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
    if (event.success.eventType === "feedback") addVote(votes, event.success, record)
    else addHalf(interactions, event.success, record)
  }
  const decoded = records.length - undecodable.length - held.length
  return { decoded, work: [...interactions, ...votes], undecodable, held }
}
