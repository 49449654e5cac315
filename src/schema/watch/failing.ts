/** Answers that fail, or do not come at all. */
import { chanceOfHits } from "./chance.ts"
import { type Exchange, sessionsIn } from "./Exchange.ts"
import type { Finding } from "./Finding.ts"
import type { Usual } from "./Usual.ts"

const answersMin = 5
const visitorsMin = 2

/** A site that fails more often has to fail more. */
const chanceMax = 1e-5

/**
 * Half of at least five answers, from any moment of the last hour until now. A failure that began
 * late in the hour is seen among the good answers before it.
 */
export const failing = (
  lastHour: ReadonlyArray<Exchange>,
  { failedShare }: Usual
): Finding | undefined => {
  const answered = lastHour.filter(({ fate }) => fate !== "waiting")
  let failed = 0
  let found: Finding | undefined
  for (let first = answered.length - 1; first >= 0; first--) {
    const exchange = answered[first]
    if (exchange?.fate !== "failed") continue
    failed += 1
    const asked = answered.length - first
    if (asked < answersMin || failed * 2 < asked) continue
    if (chanceOfHits(failed, asked, failedShare) > chanceMax) continue
    const all = answered.slice(first).filter(({ fate }) => fate === "failed")
    if (sessionsIn(all) < visitorsMin) continue
    found = { kind: "failing", sinceMs: exchange.at, counts: { failed, asked } }
  }
  return found
}
