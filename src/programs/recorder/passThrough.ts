/** Passes an answer on to the visitor, and shows a copy of it to whoever records. */
import { passBytes } from "./passBytes.ts"
import { passPieces } from "./passPieces.ts"

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

/** Takes what passes. */
export interface Copy {
  /** Never throws. */
  add(chunk: Uint8Array): void
  /** True once nothing more has to be read. */
  readonly isFull: boolean
}

export interface Options {
  /** Aborts when the visitor leaves, which is noticed with the next piece in any case. */
  readonly signal?: AbortSignal | undefined
  /** The length that the visitor is told; another length ends in an error. */
  readonly contentLength?: number | undefined
  readonly now?: () => number
}

type Passage = TransformStream<Uint8Array, Uint8Array>

/** Cloudflare's own streams, which pass bytes without waking JavaScript; Node.js has none. */
const { FixedLengthStream, IdentityTransformStream } = globalThis as {
  readonly FixedLengthStream?: new (length: number) => Passage
  readonly IdentityTransformStream?: new () => Passage
}

/** `Content-Length` survives only a stream that promises a length. */
const passageOf = (contentLength: number | undefined): Passage => {
  if (FixedLengthStream !== undefined && contentLength !== undefined) {
    return new FixedLengthStream(contentLength)
  }
  return IdentityTransformStream === undefined
    ? new TransformStream()
    : new IdentityTransformStream()
}

/** True for the platform's own streams, and for those of JavaScript that imitate them. */
const isOfBytes = (source: ReadableStream<Uint8Array>): boolean => {
  try {
    source.getReader({ mode: "byob" }).releaseLock()
    return IdentityTransformStream !== undefined
  } catch {
    return false
  }
}

/**
 * Passes every byte on at the visitor's pace, and never waits for the copy. A visitor who leaves,
 * or a source that breaks, ends the other side as if nothing lay between them.
 */
export const passThrough = (
  source: ReadableStream<Uint8Array>,
  copy: Copy,
  { contentLength, now = Date.now, signal }: Options = {}
): Passing => {
  const passage = passageOf(contentLength)
  const pass = isOfBytes(source) ? passBytes : passPieces
  return { body: passage.readable, ended: pass(source, passage.writable, copy, now, signal) }
}
