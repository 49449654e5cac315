import type { Copy } from "./Passing.ts"

/** The most bytes that wait for the owner's function to read them. */
const bytesMax = 4 * 1024 * 1024

/** A copy of a response for a function of the owner, which may read it, or not. */
export class OwnersCopy implements Copy {
  readonly response: Response
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #bytes = 0

  constructor({ headers, status, statusText }: Response) {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller
      },
      cancel: () => {
        this.#controller = undefined
      }
    })
    // these statuses forbid a body
    const isEmpty = [101, 204, 205, 304].includes(status)
    this.response = new Response(isEmpty ? null : body, { headers, status, statusText })
  }

  get isFull(): boolean {
    return this.#controller === undefined
  }

  add(chunk: Uint8Array): void {
    this.#bytes += chunk.byteLength
    if (this.#bytes > bytesMax) this.end()
    else this.#controller?.enqueue(chunk.slice())
  }

  /** Ends the body, whole or at the limit. */
  end(): void {
    this.#controller?.close()
    this.#controller = undefined
  }
}
