/** One exchange in which a question was missed. */
import * as Schema from "effect/Schema"
import type { InteractionKey } from "../Interaction.ts"
import type { InteractionSummary } from "../InteractionSummary.ts"
import { byCodeUnits } from "./Counts.ts"
import { patienceMs } from "./Missed.ts"

export const MissKind = Schema.Literals(["none", "failed", "noAnswer"])
export type MissKind = typeof MissKind.Type

/** Names the exchange by the key under which it is stored. */
export interface Miss extends InteractionKey {
  readonly kind: MissKind
}

/** True once an answer is too late, so that its question is missed. */
export const isOverdue = ({ timestamp }: { readonly timestamp: number }, now: number): boolean =>
  now - timestamp >= patienceMs

/** The miss of an answered exchange; absent when its answer was good or could not be read. */
export const missOf = ({
  requestId,
  response,
  timestamp
}: InteractionSummary): Miss | undefined => {
  if (response === undefined) return undefined
  const kind = response.outcome === "failed" ? "failed" : response.matchType
  return kind === "failed" || kind === "none" ? { requestId, timestamp, kind } : undefined
}

const isLater = (one: Miss, other: Miss): boolean =>
  (one.timestamp - other.timestamp ||
    byCodeUnits(one.requestId, other.requestId) ||
    byCodeUnits(one.kind, other.kind)) > 0

/** A maximum, so that the order of misses cannot matter. */
export const laterMiss = (one: Miss | undefined, other: Miss | undefined): Miss | undefined => {
  if (one === undefined || other === undefined) return one ?? other
  return isLater(one, other) ? one : other
}
