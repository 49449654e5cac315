/**
 * A Worker that passes a chatbot's answer on, bare or with a copy, as each kind of body that a
 * Worker can have.
 */
import type { Ended } from "../../src/programs/recorder/Passing.ts"
import { passThrough } from "../../src/programs/recorder/passThrough.ts"

declare const IdentityTransformStream: new () => TransformStream<Uint8Array, Uint8Array>

export type Kind = "native" | "bytes" | "pieces" | "transformed" | "memory" | "empty"

/** What was noticed about the answers that have ended. */
export interface Noticed {
  readonly ending: Ended["ending"]
  readonly isWhole: boolean
  readonly text: string
}

const made = (body: ReadableStream<Uint8Array>, isOfBytes: boolean) => {
  const reader = body.getReader()
  const pull = async (
    controller: ReadableByteStreamController | ReadableStreamDefaultController<Uint8Array>
  ) => {
    const next = await reader.read()
    if (next.done) controller.close()
    else controller.enqueue(next.value as Uint8Array<ArrayBuffer>)
  }
  const cancel = (reason: unknown) => reader.cancel(reason)
  return isOfBytes
    ? new ReadableStream({ type: "bytes", pull, cancel })
    : new ReadableStream<Uint8Array>({ pull, cancel }, { highWaterMark: 0 })
}

const bodies: Record<Kind, (chatbot: Response) => Promise<Response> | Response> = {
  native: (chatbot) => chatbot,
  bytes: ({ body, headers }) => new Response(body && made(body, true), { headers }),
  pieces: ({ body, headers }) => new Response(body && made(body, false), { headers }),
  transformed: ({ body, headers }) => {
    const { readable, writable } = new IdentityTransformStream()
    // the visitor's absence ends it, which is as it should be
    body?.pipeTo(writable).catch(() => undefined)
    return new Response(readable, { headers })
  },
  memory: async (chatbot) =>
    new Response(await chatbot.text(), { headers: { "content-type": "text/event-stream" } }),
  empty: async (chatbot) => {
    await chatbot.body?.cancel()
    return new Response(null, { status: 204 })
  }
}

const noticed: Array<Noticed> = []

const passed = (response: Response, request: Request, bytesMax: number) => {
  const { body, headers } = response
  if (body === null) return { response, ended: Promise.resolve() }
  const decoder = new TextDecoder()
  let bytes = 0
  let text = ""
  const copy = {
    isFull: false,
    add: (chunk: Uint8Array) => {
      bytes += chunk.byteLength
      text += decoder.decode(chunk, { stream: true })
      copy.isFull = bytes >= bytesMax
    }
  }
  const passing = passThrough(body, copy, {
    now: Date.now,
    signal: request.signal,
    isMeasured: headers.has("content-length") || headers.has("content-encoding")
  })
  const ended = passing.ended.then(({ ending, isWhole }) => {
    noticed.push({ ending, isWhole, text })
  })
  return { response: new Response(passing.body, response), ended }
}

export default {
  async fetch(
    request: Request,
    { CHATBOT_URL }: { readonly CHATBOT_URL: string },
    platform: { readonly waitUntil: (work: Promise<unknown>) => void }
  ): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === "/noticed") return Response.json(noticed.splice(0))
    const chatbot = await fetch(CHATBOT_URL, { method: "POST", body: "{}" })
    const response = await bodies[searchParams.get("kind") as Kind](chatbot)
    if (pathname === "/bare") return response
    const { ended, response: shown } = passed(
      response,
      request,
      Number(searchParams.get("bytesMax") ?? Number.POSITIVE_INFINITY)
    )
    platform.waitUntil(ended)
    return shown
  }
}
