import type { Copy, Ended, Passing } from "./Passing.ts"

const readAlong = async (
  unread: ReadableStream<Uint8Array>,
  copy: Copy,
  now: () => number,
  signal?: AbortSignal
): Promise<Ended> => {
  const reader = unread.getReader()
  const letGo = () => void reader.cancel().catch(() => undefined)
  const over = (ending: Ended["ending"], isWhole = true): Ended => {
    signal?.removeEventListener("abort", letGo)
    const isLeft = signal?.aborted === true
    return { ending: isLeft ? "visitor_left" : ending, endedAt: now(), isWhole }
  }
  if (signal?.aborted === true) letGo()
  signal?.addEventListener("abort", letGo)
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      copy.add(next.value)
      if (copy.isFull) {
        letGo()
        return over("complete", false)
      }
    }
    return over("complete")
  } catch {
    return over("broken_off")
  }
}

/**
 * Gives the visitor the platform's own stream, which alone keeps its length and its encoding. Only
 * the signal tells that the visitor left, so this serves answers that do not come piece by piece.
 */
export const passWhole = (
  source: ReadableStream<Uint8Array>,
  copy: Copy,
  now: () => number,
  signal?: AbortSignal
): Passing => {
  const [body, unread] = source.tee()
  return { body, ended: readAlong(unread, copy, now, signal) }
}
