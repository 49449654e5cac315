import { startDouble } from "./Double.ts"

/** How SQS is: it takes a batch after this time, keeps silent for ever, or cannot be reached. */
export type QueueState = { readonly answersAfterMs: number } | "keeps silent" | "refuses"

export interface Arrived {
  readonly requests: number
  /** Of these, how many came with a signature. */
  readonly signatures: number
  readonly entries: number
  /** Each once, however often it came. */
  readonly deduplicationIds: number
}

export type QueueCommand = "read" | { readonly become: QueueState }

export interface QueueReading {
  /** Since it was last told what to become. */
  readonly arrived: Arrived
  /** Requests that are not answered yet. */
  readonly open: number
}

/** Starts the queue of `queueProcess.ts`, which ends with the scope. */
export const startQueue = startDouble<QueueCommand, QueueReading>("queueProcess.ts")
