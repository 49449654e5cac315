import type { Transcript } from "./Transcript.ts"

export type Ending = "complete" | "broken_off" | "visitor_left"

/** A body on its way to the visitor; `ended` never rejects. */
export interface Passing {
  readonly body: ReadableStream<Uint8Array>
  readonly ended: Promise<Ending>
  /** Ends a stalled stream as if it had broken off by itself. */
  readonly breakOff: () => void
}

/**
 * Passes every chunk on unchanged, at the visitor's pace, and shows it to the transcript. It needs
 * the signal, because workerd does not cancel the body of a visitor who left: it stops pulling.
 */
export const passThrough = (
  source: ReadableStream<Uint8Array>,
  transcript: Transcript,
  signal: AbortSignal
): Passing => {
  const reader = source.getReader()
  const { promise: ended, resolve } = Promise.withResolvers<Ending>()
  const stop = (ending: Ending) => {
    resolve(ending)
    // the source may be broken already
    reader.cancel().catch(() => undefined)
  }
  let passing: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        passing = controller
      },
      pull: async (controller) => {
        try {
          const next = await reader.read()
          if (next.done) {
            controller.close()
            resolve("complete")
          } else {
            controller.enqueue(next.value)
            transcript.add(next.value)
          }
        } catch (error) {
          resolve("broken_off")
          controller.error(error)
        }
      },
      cancel: () => stop("visitor_left")
    },
    { highWaterMark: 0 }
  )
  // a signal that has aborted already fires no event
  if (signal.aborted) stop("visitor_left")
  else signal.addEventListener("abort", () => stop("visitor_left"), { once: true })
  const breakOff = () => {
    passing?.error(new Error("the answer stalled"))
    stop("broken_off")
  }
  return { body, ended, breakOff }
}
