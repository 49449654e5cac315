export type Ending = "complete" | "broken_off" | "visitor_left"

export interface Ended {
  readonly ending: Ending
  readonly endedAt: number
  readonly isWhole: boolean
}

/** A body on its way to the visitor; `ended` never rejects. */
export interface Passing {
  readonly body: ReadableStream<Uint8Array>
  readonly ended: Promise<Ended>
}

export interface Copy {
  add(chunk: Uint8Array): void
  readonly isFull: boolean
}

/** Stands in until the copy is read beside the stream. */
export const passThrough = (
  source: ReadableStream<Uint8Array>,
  copy: Copy,
  {
    now,
    signal
  }: { readonly now: () => number; readonly signal?: AbortSignal; readonly contentLength?: number }
): Passing => {
  const reader = source.getReader()
  const { promise: ended, resolve } = Promise.withResolvers<Ended>()
  const end = (ending: Ending) => resolve({ ending, endedAt: now(), isWhole: true })
  const stop = (ending: Ending) => {
    end(ending)
    reader.cancel().catch(() => undefined)
  }
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const next = await reader.read()
          if (next.done) {
            controller.close()
            end("complete")
          } else {
            controller.enqueue(next.value)
            copy.add(next.value)
          }
        } catch (error) {
          end("broken_off")
          controller.error(error)
        }
      },
      cancel: () => stop("visitor_left")
    },
    { highWaterMark: 0 }
  )
  if (signal?.aborted) stop("visitor_left")
  else signal?.addEventListener("abort", () => stop("visitor_left"), { once: true })
  return { body, ended }
}
