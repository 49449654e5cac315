/** A small HTTP server that answers as a test says, for adapters that use the network. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import * as Effect from "effect/Effect"

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

/** Answers each request once its body has arrived, until the scope closes; returns its port. */
export const serveHttp = Effect.fnUntraced(function* (
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void
) {
  // a slow test must not find its connection closed between two requests
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    textOf(request).then(
      (body) => answer(request, body, response),
      () => request.socket.destroy()
    )
  })
  return yield* Effect.acquireRelease(listening(server), () =>
    Effect.sync(() => {
      server.closeAllConnections()
      server.close()
    })
  )
})
