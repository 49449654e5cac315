import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"

/** What a sandbox did, in the order in which it did it. */
export type Signal =
  | { readonly _tag: "AskedForNext" }
  | { readonly _tag: "Answered"; readonly body: string }
  | { readonly _tag: "AnsweredTooMuch"; readonly sizeBytes: number }
  | { readonly _tag: "Failed"; readonly error: unknown }
  | { readonly _tag: "InitFailed"; readonly error: unknown }
  | { readonly _tag: "Exited"; readonly exitCode: number | null; readonly signal: string | null }

export interface Invocation {
  readonly requestId: string
  readonly functionArn: string
  readonly deadlineMs: number
  readonly traceId: string
  readonly payload: string
}

export interface RuntimeApi {
  /** The value of AWS_LAMBDA_RUNTIME_API. */
  readonly address: string
  /** Answers the open `next`; call it only after `AskedForNext`. */
  readonly deliver: (invocation: Invocation) => Effect.Effect<void>
}

/** 6 MiB and a little, the number in Lambda's own error message. */
export const responseSizeBytesMax = 6_291_556

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
}

const accepted = { status: "OK" }

interface Received {
  readonly sizeBytes: number
  readonly text: string
}

/** Reads to the end, but keeps no more than the limit: the sender waits for its 413. */
const receive = (incoming: IncomingMessage, done: (body: Received) => void): void => {
  const chunks: Array<Buffer> = []
  let sizeBytes = 0
  incoming.on("data", (chunk: Buffer) => {
    sizeBytes += chunk.length
    if (sizeBytes <= responseSizeBytesMax) chunks.push(chunk)
  })
  incoming.on("end", () => done({ sizeBytes, text: Buffer.concat(chunks).toString("utf8") }))
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return { errorType: "Runtime.Unknown", errorMessage: text }
  }
}

interface Conversation {
  waiting: ServerResponse | undefined
  requestId: string | undefined
}

const post = (path: string, body: Received, current: Conversation): [number, unknown, Signal?] => {
  if (path === "/2018-06-01/runtime/init/error") {
    return [202, accepted, { _tag: "InitFailed", error: parsed(body.text) }]
  }
  const [, requestId, kind] =
    /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? []
  if (kind === undefined) return [404, { errorType: "InvalidRequest" }]
  if (requestId !== current.requestId) return [400, { errorType: "InvalidRequestID" }]
  current.requestId = undefined
  if (body.sizeBytes > responseSizeBytesMax) {
    const signal: Signal = { _tag: "AnsweredTooMuch", sizeBytes: body.sizeBytes }
    return [413, { errorType: "RequestEntityTooLarge" }, signal]
  }
  return kind === "response"
    ? [202, accepted, { _tag: "Answered", body: body.text }]
    : [202, accepted, { _tag: "Failed", error: parsed(body.text) }]
}

const headersOf = (invocation: Invocation): Record<string, string> => ({
  "content-type": "application/json",
  "lambda-runtime-aws-request-id": invocation.requestId,
  "lambda-runtime-deadline-ms": String(invocation.deadlineMs),
  "lambda-runtime-invoked-function-arn": invocation.functionArn,
  "lambda-runtime-trace-id": invocation.traceId
})

/**
 * Serves Lambda's Runtime API to exactly one sandbox, on a loopback port of its own.
 *
 * One server per sandbox is what tells the sandboxes apart, as on Lambda. It never times a
 * connection out, because a frozen process may hold its `next` open for hours.
 */
export const serve = Effect.fnUntraced(function* (signals: Queue.Enqueue<Signal>) {
  const current: Conversation = { waiting: undefined, requestId: undefined }
  const server = createServer((incoming, response) => {
    const path = incoming.url ?? "/"
    if (incoming.method === "GET" && path === "/2018-06-01/runtime/invocation/next") {
      current.waiting = response
      Queue.offerUnsafe(signals, { _tag: "AskedForNext" })
      return
    }
    receive(incoming, (body) => {
      const [status, content, signal] = post(path, body, current)
      if (signal !== undefined) Queue.offerUnsafe(signals, signal)
      answer(response, status, content)
    })
  })
  Object.assign(server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 })

  const listen = Effect.callback<string>((resume) => {
    server.once("error", (cause) => resume(Effect.die(cause)))
    server.listen(0, "127.0.0.1", () => {
      resume(Effect.succeed(`127.0.0.1:${(server.address() as AddressInfo).port}`))
    })
  })
  const close = Effect.callback<void>((resume) => {
    server.close(() => resume(Effect.void))
    server.closeAllConnections()
  })
  const address = yield* Effect.acquireRelease(listen, () => close)

  const deliver = (invocation: Invocation): Effect.Effect<void> =>
    Effect.sync(() => {
      current.requestId = invocation.requestId
      current.waiting?.writeHead(200, headersOf(invocation)).end(invocation.payload)
      current.waiting = undefined
    })
  return { address, deliver } satisfies RuntimeApi
})
