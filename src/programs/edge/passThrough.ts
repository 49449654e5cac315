import type { Transcript } from "./Transcript.ts"

/** How the passing of an answer ended. */
export type Ending = "complete" | "broken_off" | "visitor_left"

/** A body on its way to the visitor, and how its way ends; `ended` never rejects. */
export interface Passing {
  readonly body: ReadableStream<Uint8Array>
  readonly ended: Promise<Ending>
  /** Ends a stream that has stalled, as if it had broken off by itself. */
  readonly breakOff: () => void
}

/**
 * Passes every chunk on as it is, at the visitor's pace, and shows it to the transcript. The signal
 * is needed because workerd does not cancel a body whose visitor has left: it just stops pulling.
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
    // a source that cannot even be cancelled has nothing left to give
    reader.cancel().catch(() => undefined)
  }
  signal.addEventListener("abort", () => stop("visitor_left"), { once: true })
  const stalled = Promise.withResolvers<never>()
  stalled.promise.catch(() => undefined)
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const next = await Promise.race([reader.read(), stalled.promise])
          if (next.done) {
            controller.close()
            resolve("complete")
          } else {
            transcript.add(next.value)
            controller.enqueue(next.value)
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
  const breakOff = () => {
    stalled.reject(new Error("the answer stalled"))
    stop("broken_off")
  }
  return { body, ended, breakOff }
}
