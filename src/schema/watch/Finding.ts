/** What a rule of the watch found, before it has words. */

export const findingKinds = ["failing", "silence", "misses", "gap", "votes", "cost"] as const
export type FindingKind = (typeof findingKinds)[number]

export interface Finding {
  readonly kind: FindingKind
  /** Epoch milliseconds of the first exchange that it tells of, or of the last one before. */
  readonly sinceMs: number
  /** How many, and of how many. */
  readonly counts: Readonly<Record<string, number>>
  /** A visitor's words. */
  readonly question?: string
  /** Tells one cause from another of its kind: any mark in common is the same cause. */
  readonly marks?: ReadonlyArray<number>
  /** Models without a known price. */
  readonly models?: ReadonlyArray<string>
}
