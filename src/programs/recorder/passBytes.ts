/** Passes a stream of bytes, which the platform can do alone, and reads a copy now and then. */
import type { Copy, Ended } from "./passThrough.ts"

/** Pauses between two readings grow up to the last one, so that a flood is noticed early. */
const pausesMs = { first: 16, times: 4, last: 1024 }
/** After a stream broke, its copy tells within this time whether the source did. */
const graceMs = 20
const viewBytes = 65_536

/** How the reading of the copy came to its end; `open` means that the source still goes on. */
type CopyEnd = "closed" | "errored" | "open" | "let go"

/** Ends early with `over`. */
const pause = async (ms: number, over?: Promise<unknown>): Promise<undefined> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const slept = new Promise((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race(over === undefined ? [slept] : [slept, over])
  clearTimeout(timer)
}

/** Reads all that waits into one view, whose memory goes round. */
const viewing = (reader: ReadableStreamBYOBReader) => {
  let memory = new ArrayBuffer(viewBytes)
  return async () => {
    const { done, value } = await reader.read(new Uint8Array(memory))
    if (done || value === undefined) return "closed"
    memory = value.buffer
    return value
  }
}

/** Reads what has passed, rests, and reads again; `broke` tells whether the stream passed whole. */
const readBeside = async (
  reader: ReadableStreamBYOBReader,
  copy: Copy,
  broke: Promise<boolean>
): Promise<CopyEnd> => {
  let broken: boolean | undefined
  const over = broke.then((found) => {
    broken = found
  })
  const read = viewing(reader)
  let pauseMs = pausesMs.first
  let isDrained = true
  let grace: Promise<undefined> | undefined
  try {
    while (!copy.isFull) {
      if (broken === undefined && isDrained) {
        await pause(pauseMs, over)
        pauseMs = Math.min(pausesMs.times * pauseMs, pausesMs.last)
      }
      const next = read()
      let got = await Promise.race([next, over])
      if (got === undefined && broken === true && isDrained) {
        grace ??= pause(graceMs)
        got = await Promise.race([next, grace])
        if (got === undefined) return "open"
      }
      got ??= await next
      if (got === "closed") return "closed"
      isDrained = got.byteLength < viewBytes
      // the copy may keep it, while the view's memory is used again
      copy.add(got.slice())
    }
    return "let go"
  } catch {
    return "errored"
  }
}

/**
 * A visitor who leaves is noticed by the pipe. The copy tells him from a source that broke, since
 * both end the pipe alike.
 */
export const passBytes = async (
  source: ReadableStream<Uint8Array>,
  passage: WritableStream<Uint8Array>,
  copy: Copy,
  now: () => number,
  signal?: AbortSignal
): Promise<Ended> => {
  const [shown, unread] = source.tee()
  let endedAt = 0
  const broke = shown.pipeTo(passage, signal === undefined ? {} : { signal }).then(
    () => {
      endedAt = now()
      return false
    },
    () => {
      endedAt = now()
      return true
    }
  )
  const reader = unread.getReader({ mode: "byob" })
  const end = await readBeside(reader, copy, broke)
  // what is neither read nor cancelled would pile up, and the source would go on
  reader.cancel().catch(() => undefined)
  const isWhole = end !== "let go"
  if (!(await broke)) return { ending: "complete", endedAt, isWhole }
  const isBrokenOff = end === "errored" && signal?.aborted !== true
  return { ending: isBrokenOff ? "broken_off" : "visitor_left", endedAt, isWhole }
}
