/** Passes an answer on to the visitor, and shows a copy of it to whoever records. */

import type { Copy, Passing } from "./Passing.ts"
import { passBytes } from "./passBytes.ts"
import { passPieces } from "./passPieces.ts"
import { passWhole } from "./passWhole.ts"

export interface Options {
  /** Aborts when the visitor leaves, which is mostly noticed without it. */
  readonly signal?: AbortSignal | undefined
  /** True for a response that tells its length or its encoding, which must stay. */
  readonly isMeasured?: boolean
  readonly now: () => number
}

type Passage = TransformStream<Uint8Array, Uint8Array>

/** Cloudflare's own stream, which passes bytes without waking JavaScript; Node.js has none. */
const { IdentityTransformStream } = globalThis as {
  readonly IdentityTransformStream?: new () => Passage
}

/** True for the platform's own streams, and for those of JavaScript that imitate them. */
const isOfBytes = (source: ReadableStream<Uint8Array>): boolean => {
  try {
    source.getReader({ mode: "byob" }).releaseLock()
    return true
  } catch {
    return false
  }
}

/** The length that workerd will tell, which it shows to inspectors alone; without it, none. */
const lengthSymbol = Object.getOwnPropertySymbols(ReadableStream.prototype).find(
  ({ description }) => description === "length"
)

const hasLength = (source: object): boolean =>
  lengthSymbol !== undefined && Reflect.get(source, lengthSymbol) !== undefined

/**
 * Passes every byte on at the visitor's pace, and never waits for the copy. A visitor who leaves,
 * or a source that breaks, ends the other side as if nothing lay between them.
 */
export const passThrough = (
  source: ReadableStream<Uint8Array>,
  copy: Copy,
  { isMeasured = false, now, signal }: Options
): Passing => {
  const isNative = IdentityTransformStream !== undefined && isOfBytes(source)
  if (isNative && (isMeasured || hasLength(source))) {
    return passWhole(source, copy, now, signal)
  }
  const passage =
    IdentityTransformStream === undefined ? new TransformStream() : new IdentityTransformStream()
  const pass = isNative ? passBytes : passPieces
  return { body: passage.readable, ended: pass(source, passage.writable, copy, now, signal) }
}
