/** Scripted votes on the answers of visitors, and everything that goes wrong with them. */
import { FeedbackEvent } from "../../src/schema/AnalyticsEvent.ts"
import { deduplicationId, encodeMessage } from "../../src/schema/EventText.ts"
import { VoteId } from "../../src/schema/Vote.ts"
import { voteReasons } from "../../src/schema/VoteWords.ts"
import type { Fault } from "./Coverage.ts"
import type { Random } from "./Random.ts"
import { requestIdOf, type Sending } from "./Sending.ts"

const minute = 60_000

/** A scripted question: its number, when it is sent, and its own time. */
export interface Asked {
  readonly n: number
  readonly at: number
  readonly timestamp: number
}

/** Random enough that the order of the ids is not that of the votes. */
const voteIdOf = (chance: Random): VoteId =>
  VoteId.make(
    `${chance
      .whole(0, 2 ** 32 - 1)
      .toString(16)
      .padStart(8, "0")}-0000-4000-8000-000000000000`
  )

const faultsOf = ({ rating }: FeedbackEvent, asked: Asked, at: number): ReadonlyArray<Fault> => [
  "votes: a vote",
  ...(rating === "withdrawn" ? (["votes: taken back"] as const) : []),
  ...(at < asked.at ? (["votes: before its question"] as const) : [])
]

/** Votes of one visitor, perhaps from two tabs at once; several are sent out of their order. */
const ballotsOf = (chance: Random, asked: Asked): ReadonlyArray<Sending> => {
  let votedAt = asked.timestamp + chance.whole(0, 10 * minute)
  return Array.from({ length: chance.pick([0, 0, 1, 1, 2, 3, 4]) }, (_, k) => {
    const isTab = k > 0 && chance.chance(0.3)
    if (!isTab) votedAt += chance.whole(1, 5 * minute)
    const event = FeedbackEvent.make({
      requestId: requestIdOf(asked.n),
      queryTimestamp: asked.timestamp,
      votedAt,
      voteId: voteIdOf(chance),
      rating: chance.pick(["up", "down", "down", "withdrawn"]),
      ...(chance.chance(0.3) ? { reason: chance.pick(voteReasons), comment: `Words ${k}.` } : {})
    })
    const delays = [-500, 100, 400, 2000, 7 * minute, 45 * minute, 180 * minute] as const
    const at = asked.at + chance.pick(delays)
    return {
      at,
      name: `V${asked.n}.${k}`,
      group: event.requestId,
      deduplicationId: deduplicationId(event),
      body: encodeMessage(event),
      faults: [...faultsOf(event, asked, at), ...(isTab ? (["votes: from two tabs"] as const) : [])]
    }
  })
}

const repeatOf = (chance: Random, first: Sending): ReadonlyArray<Sending> => {
  if (!chance.chance(0.3)) return []
  const at = first.at + chance.pick([1000, 6 * minute, 50 * minute])
  const id = chance.chance(0.5) ? {} : { deduplicationId: `${first.deduplicationId}:${at}` }
  return [{ ...first, at, name: `${first.name}'`, ...id, faults: ["votes: twice"] }]
}

/** Now and then a request was never stored, so that its votes stay alone. */
const strayOf = (chance: Random, asked: Asked): ReadonlyArray<Sending> =>
  chance.chance(0.05)
    ? ballotsOf(chance, { ...asked, n: asked.n + 1000 }).map((sent) => ({
        ...sent,
        faults: [...sent.faults, "votes: without its question"]
      }))
    : []

export const votesOf = (chance: Random, asked: ReadonlyArray<Asked>): ReadonlyArray<Sending> =>
  asked.flatMap((one) =>
    [...ballotsOf(chance, one), ...strayOf(chance, one)].flatMap((sent) => [
      sent,
      ...repeatOf(chance, sent)
    ])
  )
