import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { correlate, eventKey, eventsOf, type Interaction } from "../../../src/schema/Interaction.ts"
import { contentOf } from "../contentOf.ts"
import { lastVote } from "../Expected.ts"
import type { FaultyStore } from "../FaultyStore.ts"
import type { Accepted } from "../Parcel.ts"
import type { Queues } from "../Queues.ts"
import type { World } from "../World.ts"

/** Every accepted message is stored, is a dead letter, or repeats a stored one. */
export const checkConservation = ({ chronicle, expected }: World, queues: Queues): void => {
  if (queues.waiting > 0) chronicle.violate("the queue drains", `${queues.waiting} messages left`)
  const dead = new Set(queues.deadLetters)
  for (const accepted of queues.accepted) {
    const { event, name } = accepted
    if (event === undefined) {
      if (!dead.has(accepted)) chronicle.violate("poison ends as a dead letter", name)
    } else if (!expected.holds(event)) {
      chronicle.violate("every accepted event is stored or a dead letter", name)
    }
  }
  for (const { event, name } of dead) {
    if (event !== undefined) chronicle.violate("a redrive brings every event back", name)
  }
}

const sameHalf = (one: Accepted, other: Accepted): boolean =>
  one.event !== undefined &&
  one.event.eventType === other.event?.eventType &&
  one.group === other.group

/** A queue keeps the order of a group, except for what went through the dead-letter queue. */
const checkFirstWins = ({ chronicle, expected }: World, { accepted }: Queues): void => {
  for (const first of accepted) {
    if (first.event === undefined || first.event.eventType === "feedback") continue
    const ofKind = accepted.filter((other) => sameHalf(first, other))
    if (ofKind[0] !== first || ofKind.some(({ wasDeadLettered }) => wasDeadLettered)) continue
    const stored = expected.half(first.event)
    if (stored !== undefined && contentOf(stored) !== contentOf(first.event)) {
      chronicle.violate("the first accepted content of a kind stays", first.name)
    }
  }
}

const contentsOf = (interaction: Interaction | undefined): ReadonlyArray<string> =>
  interaction === undefined ? [] : eventsOf(interaction).map(contentOf)

/** One interaction a request, which is the fold of its events in the order of the writes. */
const checkInteractions = (world: World, { accepted }: Queues, store: FaultyStore): void => {
  const { chronicle, expected } = world
  const sent = new Set(
    accepted.flatMap(({ event }) => (event === undefined ? [] : contentOf(event)))
  )
  const seen = new Set<string>()
  for (const { key, written } of expected.items) {
    if (seen.has(key.requestId)) chronicle.violate("one interaction a request", key.requestId)
    seen.add(key.requestId)
    const exit = Effect.runSyncExit(store.direct.get(key))
    const stored = Exit.isSuccess(exit) ? Option.getOrUndefined(exit.value) : undefined
    const contents = contentsOf(stored)
    const folded = written.reduce<Interaction | undefined>(correlate, undefined)
    for (const wanted of [expected.contents(key), contentsOf(folded)]) {
      if (contents.join() === wanted.join()) continue
      const detail = `${contents.join()} instead of ${wanted.join()}`
      chronicle.violate("an interaction is the fold of its events", detail)
    }
    if (contents.some((content) => !sent.has(content))) {
      chronicle.violate("only what was accepted is stored", contents.join())
    }
  }
}

/** The last of all accepted votes stays, whatever their order, their repeats and their redrives. */
const checkVotes = ({ chronicle }: World, { accepted }: Queues, store: FaultyStore): void => {
  const votes = accepted.flatMap(({ event }) => (event?.eventType === "feedback" ? [event] : []))
  for (const { requestId } of votes) {
    const last = lastVote(votes.filter((vote) => vote.requestId === requestId))
    if (last === undefined) continue
    const exit = Effect.runSyncExit(store.direct.voteOn(eventKey(last)))
    const stored = Exit.isSuccess(exit) ? Option.getOrUndefined(exit.value) : undefined
    const words = last.rating === "withdrawn" ? {} : { comment: last.comment }
    if (stored?.voteId === last.voteId && stored.comment === words.comment) continue
    chronicle.violate("the last vote stays", `${stored?.voteId} instead of ${last.voteId}`)
  }
}

export const checkStore = (world: World, queues: Queues, store: FaultyStore): void => {
  checkFirstWins(world, queues)
  checkInteractions(world, queues, store)
  checkVotes(world, queues, store)
}
