import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse
} from "node:http"
import type { AddressInfo } from "node:net"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Stream from "effect/Stream"

/** Another process listens on the port. */
export class PortTaken extends Data.TaggedError("PortTaken")<{ readonly port: number }> {
  override get message() {
    return `port ${this.port} is taken`
  }
}

export interface LocalRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** The server's address, as its clients know it. */
  readonly endpoint: string
}

export interface LocalAnswer {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: string | Uint8Array
}

/** A stream is written as it comes, and ends when the client leaves. */
export interface LongAnswer extends Omit<LocalAnswer, "body"> {
  readonly body: LocalAnswer["body"] | Stream.Stream<string>
}

export interface LoopbackOptions {
  /** 0 = any free port. */
  readonly port: number
  /** Is interrupted when the client leaves. */
  readonly handle: (request: LocalRequest) => Effect.Effect<LongAnswer>
  readonly bodyBytesMax?: number
}

export const host = "127.0.0.1"

/** Ten messages of 1 MiB, escaped, fit. */
const bodyBytesMaxDefault = 16 * 1024 * 1024

export const json = (body: unknown, status = 200): LocalAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body)
})

export const plain = (status: number, body: string): LocalAnswer => ({
  status,
  headers: { "content-type": "text/plain" },
  body
})

/** Waits until each part has left, so that a slow client cannot fill the memory. */
const writeParts = (response: ServerResponse, parts: Stream.Stream<string>) =>
  Stream.runForEach(parts, (part) =>
    Effect.callback<void>((resume) => {
      response.write(part, () => resume(Effect.void))
    })
  ).pipe(Effect.andThen(Effect.sync(() => response.end())))

const write = (
  response: ServerResponse,
  { body, headers, status }: LongAnswer
): Effect.Effect<void> =>
  Effect.suspend(() => {
    response.writeHead(status, headers)
    if (Stream.isStream(body)) {
      response.flushHeaders()
      return writeParts(response, body)
    }
    response.end(body)
    return Effect.void
  })

/** The names of the server in `Host`, and behind `http://` in `Origin`. */
const namesOn = (port: number | undefined): ReadonlyArray<string> =>
  [host, "localhost"].map((name) => new URL(`http://${name}:${port}`).host)

const isOwn = ({ headers: { host, origin }, socket }: IncomingMessage): boolean => {
  const names = namesOn(socket.localPort)
  const origins = names.map((name) => `http://${name}`)
  return names.includes(`${host}`.toLowerCase()) && [undefined, ...origins].includes(origin)
}

/**
 * Answers 403 to every request whose `Host` or `Origin` is another site's. A page in the owner's
 * browser reaches the loopback address too, by its own name (DNS rebinding) or by a form.
 */
export const refuseOtherSites = (server: Server): void => {
  const listeners = server.listeners("request")
  server.removeAllListeners("request")
  server.on("request", (request, response) => {
    if (isOwn(request)) {
      for (const listener of listeners) listener.call(server, request, response)
    } else {
      const names = namesOn(request.socket.localPort).join(" and ")
      const { body, headers, status } = plain(
        403,
        `Only requests to and from ${names} are answered here.\n`
      )
      response.writeHead(status, headers).end(body)
    }
  })
}

const bodyOf = (incoming: IncomingMessage, bytesMax: number) =>
  Effect.callback<Buffer | undefined>((resume) => {
    const chunks: Array<Buffer> = []
    let bytes = 0
    incoming.on("data", (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= bytesMax) chunks.push(chunk)
    })
    incoming.on("end", () =>
      resume(Effect.succeed(bytes > bytesMax ? undefined : Buffer.concat(chunks)))
    )
  })

const answerTo = Effect.fnUntraced(
  function* (
    incoming: IncomingMessage,
    { bodyBytesMax = bodyBytesMaxDefault, handle }: LoopbackOptions
  ) {
    const body = yield* bodyOf(incoming, bodyBytesMax)
    if (body === undefined) return plain(413, `A request has at most ${bodyBytesMax} bytes.\n`)
    const { headers, method = "GET", url = "/" } = incoming
    const endpoint = `http://${host}:${incoming.socket.localPort}`
    return yield* handle({ method, url, headers, body, endpoint })
  },
  Effect.catchDefect((defect) =>
    Effect.as(Effect.logError("a local request failed", defect), plain(500, `${defect}\n`))
  )
)

const listen = (server: Server, port: number) =>
  Effect.callback<string, PortTaken>((resume) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === "EADDRINUSE" || cause.code === "EACCES"
      resume(isTaken ? Effect.fail(new PortTaken({ port })) : Effect.die(cause))
    })
    server.listen({ port, host }, () => {
      const { port: taken } = server.address() as AddressInfo
      resume(Effect.succeed(`http://${host}:${taken}`))
    })
  })

export const close = (server: Server) =>
  Effect.callback<void>((resume) => {
    server.close(() => resume(Effect.void))
    server.closeAllConnections()
  })

/**
 * Serves HTTP on 127.0.0.1 until the scope ends, to clients on this machine alone. Closing cuts
 * open requests. No connection times out, because a frozen Lambda process may hold one for hours.
 */
export const serve = Effect.fn("LoopbackServer.serve")(function* (options: LoopbackOptions) {
  const run = yield* FiberSet.makeRuntime<never, void, never>()
  const patience = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 }
  const server = createServer({ ...patience, requireHostHeader: false }, (incoming, response) => {
    const fiber = run(
      Effect.flatMap(answerTo(incoming, options), (answer) => write(response, answer))
    )
    response.on("close", () => fiber.interruptUnsafe())
  })
  refuseOtherSites(server)
  const endpoint = yield* Effect.acquireRelease(listen(server, options.port), () => close(server))
  return { endpoint }
})
