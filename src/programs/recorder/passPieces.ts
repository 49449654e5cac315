/** Passes a stream that JavaScript makes, which wakes it for each piece in any case. */
import type { Copy, Ended, Ending, Pass } from "./Passing.ts"

/** Many pieces at once cost the reader less than each by itself. */
const gatheredBytes = 16_384

/** Gathers pieces for the copy; what is no bytes is passed over, and fails where it is written. */
const gathering = (copy: Copy) => {
  let gathered: Uint8Array | undefined
  let length = 0
  const flush = () => {
    if (gathered !== undefined && length > 0) copy.add(gathered.slice(0, length))
    length = 0
  }
  const add = (piece: unknown) => {
    if (!(piece instanceof Uint8Array)) return
    if (length + piece.byteLength > gatheredBytes) flush()
    if (piece.byteLength > gatheredBytes) return copy.add(piece)
    gathered ??= new Uint8Array(gatheredBytes)
    gathered.set(piece, length)
    length += piece.byteLength
  }
  return { add, flush }
}

/**
 * A `tee` would lose the pieces that wait in the copy when the source breaks, so each piece is
 * looked at after it has been handed on.
 */
export const passPieces: Pass = async (source, passage, copy, now, signal) => {
  const reader = source.getReader()
  const writer = passage.getWriter()
  const { add, flush } = gathering(copy)
  let isWhole = true
  let isReading = true
  let isLeft = false
  const over = (ending: Ending): Ended => {
    const endedAt = now()
    flush()
    return { ending, endedAt, isWhole }
  }
  const leave = () => void writer.abort(signal?.reason).catch(() => undefined)
  if (signal?.aborted === true) leave()
  signal?.addEventListener("abort", leave)
  // also ends a source that is silent, or has ended already
  writer.closed.catch((reason) => {
    isLeft = true
    reader.cancel(reason).catch(() => undefined)
  })
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      isReading = false
      const written = writer.write(next.value)
      if (copy.isFull) isWhole = false
      else add(next.value)
      await written
      isReading = true
    }
    isReading = false
    await writer.close()
    return over("complete")
  } catch (reason) {
    writer.abort(reason).catch(() => undefined)
    return over(isReading && !isLeft ? "broken_off" : "visitor_left")
  } finally {
    signal?.removeEventListener("abort", leave)
  }
}
