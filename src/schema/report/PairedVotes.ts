/**
 * Gives each question its vote before a week is tallied, because the index tells them apart. Both
 * have the question's time, so only the entries of one instant are held.
 */
import { keyName } from "../Interaction.ts"
import type { InteractionSummary } from "../InteractionSummary.ts"
import type { VoteEntry, WeekEntry } from "../WeekEntry.ts"

type Placed = InteractionSummary | VoteEntry

/** Entries of one instant, in any order. */
export type Held = ReadonlyArray<Placed>

export const nothingHeld: Held = []

/** Bounds the memory of an instant; a vote beyond it stays without its question, and is told. */
const heldMax = 10_000

/** A vote whose question is not among them stays an entry. */
export const paired = (held: Held): Held => {
  const votes = held.filter((entry) => entry.status === "vote")
  if (votes.length === 0) return held
  const left = new Map(votes.map((entry) => [keyName(entry), entry]))
  const questions = held.flatMap((entry) => {
    if (entry.status === "vote") return []
    const name = keyName(entry)
    const vote = left.get(name)?.vote
    left.delete(name)
    return vote === undefined ? [entry] : [{ ...entry, vote }]
  })
  return [...questions, ...left.values()]
}

/** Takes entries in the order of their time, as they come page by page. */
export const pairVotes = (
  held: Held,
  page: ReadonlyArray<WeekEntry>
): readonly [Held, ReadonlyArray<WeekEntry>] => {
  const ready: Array<WeekEntry> = []
  let instant: Array<Placed> = [...held]
  for (const entry of page) {
    if (entry.status === "unreadable") {
      ready.push(entry)
      continue
    }
    if (entry.timestamp !== instant[0]?.timestamp || instant.length >= heldMax) {
      ready.push(...paired(instant))
      instant = []
    }
    instant.push(entry)
  }
  return [instant, ready]
}
