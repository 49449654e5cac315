export type Ending = "complete" | "broken_off" | "visitor_left"

export interface Ended {
  readonly ending: Ending
  /** The exact end in epoch milliseconds, however long the copy takes to read. */
  readonly endedAt: number
  /** False when the copy was let go before the end, so that what followed is unknown. */
  readonly isWhole: boolean
}

/** A body on its way to the visitor. */
export interface Passing {
  readonly body: ReadableStream<Uint8Array>
  /** Resolves once the body has left or the visitor has, and the copy is read; never rejects. */
  readonly ended: Promise<Ended>
}

/** Moves a body into the visitor's passage, and shows a copy of it. */
export type Pass = (
  source: ReadableStream<Uint8Array>,
  passage: WritableStream<Uint8Array>,
  copy: Copy,
  now: () => number,
  signal?: AbortSignal
) => Promise<Ended>

/** Takes what passes. */
export interface Copy {
  /** Never throws. */
  add(chunk: Uint8Array): void
  /** True once the copy needs no more. */
  readonly isFull: boolean
}
