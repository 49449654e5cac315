/** Somebody's chatbot as the wire shows it: answers as told, and keeps what it was asked. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http"
import * as Effect from "effect/Effect"

export interface Asked {
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
  /** Whether the connection was closed before the answer was whole. */
  readonly left: () => boolean
}

export type Saying = (response: ServerResponse, asked: Asked) => void | Promise<void>

const textOf = async (chunks: AsyncIterable<Buffer>): Promise<string> => {
  const parts: Array<Buffer> = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts).toString("utf8")
}

const listening = (server: Server) =>
  Effect.callback<number>((resume) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      resume(Effect.succeed(typeof address === "object" && address !== null ? address.port : 0))
    })
  })

/** Serves until its scope closes. */
export const serve = Effect.fnUntraced(function* (say: Saying) {
  const asked: Array<Asked> = []
  const server = createServer((request, response) => {
    textOf(request).then((body) => {
      const { headers, url: path } = request
      const left = () => response.destroyed && !response.writableFinished
      const one = { path, headers, body: JSON.parse(body), left }
      asked.push(one)
      return say(response, one)
    }, request.socket.destroy)
  })
  const port = yield* Effect.acquireRelease(listening(server), () =>
    Effect.sync(() => {
      server.closeAllConnections()
      server.close()
    })
  )
  return { asked, url: new URL(`http://127.0.0.1:${port}`) }
})

/** Answers at once with this. */
export const saying =
  (
    body: string | Uint8Array,
    status = 200,
    headers: Readonly<Record<string, string>> = {}
  ): Saying =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body)
  }
