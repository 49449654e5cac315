/** Pipes a stream of the platform without JavaScript, and reads a copy of it now and then. */
import { pause } from "../../runtime/pause.ts"
import type { Copy, Ended } from "./Passing.ts"
import { passPieces } from "./passPieces.ts"

/** Pauses between two readings grow up to the last one, so that a flood is noticed early. */
const pausesMs = { first: 16, times: 4, last: 1024 }
/** After a stream broke, its copy tells within this time whether the source did. */
const graceMs = 20
const viewBytes = 65_536

/** How the reading of the copy came to its end; `open` means that the source still goes on. */
type CopyEnd = "closed" | "errored" | "open" | "let go"

/** Why a pipe ended early; nobody gave a reason for a good end. */
interface Piped {
  readonly endedAt: number
  readonly failure?: { readonly reason: unknown }
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
  piped: Promise<Piped>
): Promise<CopyEnd> => {
  let found: Piped | undefined
  const over = piped.then((end) => {
    found = end
  })
  const read = viewing(reader)
  let pauseMs = pausesMs.first
  let isDrained = false
  let grace: Promise<undefined> | undefined
  try {
    while (!copy.isFull) {
      if (found === undefined && isDrained) {
        pauseMs = Math.min(pausesMs.times * pauseMs, pausesMs.last)
        await pause(pauseMs, over)
      }
      const next = read()
      let got = await Promise.race([next, over])
      if (got === undefined && found?.failure !== undefined && isDrained) {
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
export const passBytes = async (
  source: ReadableStream<Uint8Array>,
  passage: WritableStream<Uint8Array>,
  copy: Copy,
  now: () => number,
  signal?: AbortSignal
): Promise<Ended> => {
  const [shown, unread] = source.tee()
  const piped: Promise<Piped> = shown.pipeTo(passage, { preventAbort: true }).then(
    () => ({ endedAt: now() }),
    (reason) => ({ endedAt: now(), failure: { reason } })
  )
  const early = await Promise.race([piped, pause(pausesMs.first, piped)])
  // workerd cannot pipe its transform streams into each other; nothing has passed yet
  if (early?.failure?.reason instanceof TypeError) {
    return passPieces(unread, passage, copy, now, signal)
  }
  const aborted = piped.then(({ failure }) => {
    if (failure !== undefined) passage.abort(failure.reason).catch(() => undefined)
  })
  const reader = unread.getReader({ mode: "byob" })
  const end = await readBeside(reader, copy, piped)
  // what is neither read nor cancelled would pile up, and the source would go on
  reader.cancel().catch(() => undefined)
  await aborted
  const { endedAt, failure } = await piped
  const isWhole = end !== "let go"
  if (failure === undefined) return { ending: "complete", endedAt, isWhole }
  const isBrokenOff = end === "errored" && signal?.aborted !== true
  return { ending: isBrokenOff ? "broken_off" : "visitor_left", endedAt, isWhole }
}
