/** Votes that turn down. */
import { chanceOfHits } from "./chance.ts"
import { type Exchange, sessionsIn } from "./Exchange.ts"
import type { Finding } from "./Finding.ts"
import type { Usual } from "./Usual.ts"

const votesMin = 5
const visitorsMin = 3
const chanceMax = 1e-4

/** At least five votes down of a day, and half of all; a failed answer is told by itself. */
export const votes = (
  lastDay: ReadonlyArray<Exchange>,
  { downShare }: Usual
): Finding | undefined => {
  const rated = lastDay.filter(({ fate, vote }) => vote !== undefined && fate !== "failed")
  const down = rated.filter(({ vote }) => vote === "down")
  const [first] = down
  if (first === undefined || down.length < votesMin || down.length * 2 < rated.length) return
  if (sessionsIn(down) < visitorsMin) return
  if (chanceOfHits(down.length, rated.length, downShare) > chanceMax) return
  return {
    kind: "votes",
    sinceMs: first.at,
    counts: { down: down.length, votes: rated.length, usualPercent: Math.round(100 * downShare) }
  }
}
