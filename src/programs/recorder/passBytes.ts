/** Pipes a stream of the platform without JavaScript, and reads a copy of it now and then. */
import { pause } from "../../runtime/pause.ts"
import type { Copy, Pass } from "./Passing.ts"
import { passPieces } from "./passPieces.ts"

/**
 * Each reading wakes JavaScript, so that pauses double. The first is short, before a flood can pile
 * up in the copy.
 */
const pausesMs = { first: 500, last: 2000 }
/** After a stream broke, its copy tells within this time whether the source did. */
const graceMs = 20
const viewBytes = 65_536

/** How the reading of the copy came to its end; `open` means that the source still goes on. */
type CopyEnd = "closed" | "errored" | "open" | "let go"

interface Pipe {
  /** Comes with the end, and never rejects. */
  readonly over: Promise<undefined>
  end?: { readonly endedAt: number; readonly failure?: { readonly reason: unknown } }
}

const pipeInto = (
  shown: ReadableStream<Uint8Array>,
  passage: WritableStream<Uint8Array>,
  now: () => number
): Pipe => {
  const piped = shown.pipeTo(passage, { preventAbort: true })
  const pipe: Pipe = {
    over: piped.then(
      () => {
        pipe.end = { endedAt: now() }
        return undefined
      },
      (reason) => {
        pipe.end = { endedAt: now(), failure: { reason } }
        return undefined
      }
    )
  }
  return pipe
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

/** Reads what has passed, rests, and reads again. */
const readBeside = async (
  reader: ReadableStreamBYOBReader,
  copy: Copy,
  pipe: Pipe
): Promise<CopyEnd> => {
  const read = viewing(reader)
  let pauseMs = pausesMs.first
  let isDrained = false
  let grace: Promise<undefined> | undefined
  try {
    while (!copy.isFull) {
      if (isDrained && pipe.end === undefined) {
        pauseMs = Math.min(2 * pauseMs, pausesMs.last)
        await pause(pauseMs, pipe.over)
      }
      const next = read()
      let got = await Promise.race([next, pipe.over])
      if (got === undefined && isDrained && pipe.end?.failure !== undefined) {
        grace ??= pause(graceMs)
        got = await Promise.race([next, grace])
        if (got === undefined) return "open"
      }
      got ??= await next
      if (got === "closed") return "closed"
      isDrained = got.byteLength < viewBytes
      // the copy may keep it, while the memory of the view is used again
      copy.add(got.slice())
    }
    return "let go"
  } catch {
    return "errored"
  }
}

/**
 * The pipe notices a visitor who leaves, even without a signal. It fails as if the source broke, so
 * the copy tells which it was; a copy that was let go knows nothing, and then the visitor left.
 */
export const passBytes: Pass = async (source, passage, copy, now, signal) => {
  const [shown, unread] = source.tee()
  const pipe = pipeInto(shown, passage, now)
  await pause(pausesMs.first, pipe.over)
  // workerd cannot pipe its transform streams into each other; nothing has passed yet
  if (pipe.end?.failure?.reason instanceof TypeError) {
    return passPieces(unread, passage, copy, now, signal)
  }
  const ended = pipe.over.then(() => {
    const { endedAt = now(), failure } = pipe.end ?? {}
    // the visitor's side breaks as it would have without us
    if (failure !== undefined) passage.abort(failure.reason).catch(() => undefined)
    return { endedAt, isBroken: failure !== undefined }
  })
  const reader = unread.getReader({ mode: "byob" })
  const end = await readBeside(reader, copy, pipe)
  // what is neither read nor cancelled would pile up, and the source would go on
  reader.cancel().catch(() => undefined)
  const { endedAt, isBroken } = await ended
  const isWhole = end !== "let go"
  if (!isBroken) return { ending: "complete", endedAt, isWhole }
  const isBrokenOff = end === "errored" && signal?.aborted !== true
  return { ending: isBrokenOff ? "broken_off" : "visitor_left", endedAt, isWhole }
}
