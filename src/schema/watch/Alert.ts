import type { FindingKind } from "./Finding.ts"

/** What the watch tells of one cause, in plain data that every channel puts in its own form. */
export interface Alert {
  readonly kind: FindingKind
  /** Names the cause in the ledger, in every channel. */
  readonly key: string
  /** What, since when, how many; it holds no visitor's words. */
  readonly subject: string
  /** Epoch milliseconds. */
  readonly sinceMs: number
  readonly counts: Readonly<Record<string, number>>
  /** A visitor's words, which a channel may hide. */
  readonly question?: string
  /** Sentences: what was found, what it may mean, what to do. */
  readonly lines: ReadonlyArray<string>
}
