import { type Double, startDouble } from "../Double.ts"

/** SQS answers after this time, keeps silent for ever, or refuses connections. */
export type QueueState = { readonly answersAfterMs: number } | "keeps silent" | "refuses"

export interface Arrived {
  readonly requests: number
  /** Requests with a signature. */
  readonly signatures: number
  readonly entries: number
  /** Repeated ones count once. */
  readonly deduplicationIds: number
}

export type QueueCommand = "read" | { readonly become: QueueState }

export interface QueueReading {
  /** Counts since it was last told what to become. */
  readonly arrived: Arrived
  /** Requests that still wait for their answer. */
  readonly open: number
}

export type Queue = Double<QueueCommand, QueueReading>

/** Starts the queue of `queueProcess.ts`, which ends with the scope. */
export const startQueue = startDouble<QueueCommand, QueueReading>(
  new URL("queueProcess.ts", import.meta.url)
)
