/** Passes a stream that JavaScript makes, which wakes it for each piece in any case. */
import type { Copy, Ended, Ending } from "./passThrough.ts"

/**
 * A `tee` would lose the pieces that wait in the copy when the source breaks, so each piece is
 * shown to the copy after it has been handed on.
 */
export const passPieces = async (
  source: ReadableStream<Uint8Array>,
  passage: WritableStream<Uint8Array>,
  copy: Copy,
  now: () => number,
  signal?: AbortSignal
): Promise<Ended> => {
  const reader = source.getReader()
  const writer = passage.getWriter()
  let isWhole = true
  let isReading = true
  const over = (ending: Ending): Ended => ({ ending, endedAt: now(), isWhole })
  const leave = () => void writer.abort(signal?.reason).catch(() => undefined)
  if (signal?.aborted === true) leave()
  signal?.addEventListener("abort", leave)
  // also ends a source that is silent, or has ended already
  writer.closed.catch((reason) => reader.cancel(reason).catch(() => undefined))
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      isReading = false
      const written = writer.write(next.value)
      if (copy.isFull) isWhole = false
      else copy.add(next.value)
      await written
      isReading = true
    }
    isReading = false
    await writer.close()
    return over("complete")
  } catch (reason) {
    writer.abort(reason).catch(() => undefined)
    return over(isReading ? "broken_off" : "visitor_left")
  } finally {
    signal?.removeEventListener("abort", leave)
  }
}
