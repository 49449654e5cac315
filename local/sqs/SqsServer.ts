import { randomUUID } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { Bells } from "./Bells.ts"
import { messageOperations } from "./MessageOperations.ts"
import type { QueueCounts } from "./QueueCounts.ts"
import { queueOperations } from "./QueueOperations.ts"
import { Queues } from "./Queues.ts"
import { receiveOperation } from "./ReceiveOperation.ts"
import { Rejection } from "./Rejection.ts"
import type { Desk, Operations } from "./Request.ts"
import { decode, failure, type SqsAnswer, type SqsCall, success } from "./SqsCall.ts"
import { Store } from "./Store.ts"

export { countsLine } from "./QueueCounts.ts"
export { Store } from "./Store.ts"

/** Another process listens on the port. */
export class SqsPortTaken extends Data.TaggedError("SqsPortTaken")<{ readonly port: number }> {
  override get message(): string {
    return `another process listens on port ${this.port}`
  }
}

/** The folder cannot be written, or another server holds it. */
export class SqsFolderUnavailable extends Data.TaggedError("SqsFolderUnavailable")<{
  readonly folder: string | undefined
  readonly cause: unknown
}> {
  override get message(): string {
    const said = this.cause instanceof Error ? this.cause.message : String(this.cause)
    const why = said.includes("locked") ? "another server uses it" : said
    return `cannot use the folder ${this.folder}: ${why}`
  }
}

export interface SqsServerOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** Where the queues survive the process; without it they live in memory. */
  readonly folder: string | undefined
  readonly region?: string
  /** Hears after each request what its queues have counted. */
  readonly onCounts?: (queueName: string, counts: QueueCounts) => Effect.Effect<void>
}

/** Ten messages of 1 MiB, escaped, fit. */
const requestBytesMax = 16 * 1024 * 1024

const bodyOf = (request: IncomingMessage) =>
  Effect.callback<string, Rejection>((resume) => {
    const chunks: Array<Buffer> = []
    let bytes = 0
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= requestBytesMax) chunks.push(chunk)
    })
    request.on("end", () => {
      const message = `A request has at most ${requestBytesMax} bytes.`
      const tooLarge = new Rejection({ code: "RequestEntityTooLarge", message })
      const isTooLarge = bytes > requestBytesMax
      resume(isTooLarge ? Effect.fail(tooLarge) : Effect.succeed(Buffer.concat(chunks).toString()))
    })
  })

const invalidAction = (message: string) => new Rejection({ code: "InvalidAction", message })

const callOf = (
  request: IncomingMessage,
  body: string,
  endpoint: string
): Result.Result<SqsCall, Rejection> => {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/"
  const target = request.headers["x-amz-target"]
  return typeof target === "string"
    ? decode(target, body, path === "/" ? undefined : endpoint + path)
    : Result.fail(invalidAction("The request has no x-amz-target: only AWS JSON 1.0 is read here."))
}

const answer = (
  operations: Operations,
  desk: Desk,
  request: IncomingMessage
): Effect.Effect<SqsAnswer> => {
  const requestId = randomUUID()
  return Effect.gen(function* () {
    const body = yield* bodyOf(request)
    const { action, input } = yield* Effect.fromResult(callOf(request, body, desk.endpoint))
    const run = Object.hasOwn(operations, action) ? operations[action] : undefined
    const unknown = invalidAction(`The action ${action} is not valid for this endpoint.`)
    const output = yield* run === undefined ? unknown : run(desk, input)
    return success(output, requestId)
  }).pipe(
    Effect.catchDefect((defect) =>
      Effect.andThen(
        Effect.logError("SQS request failed", defect),
        new Rejection({ code: "InternalFailure", message: String(defect) })
      )
    ),
    Effect.catchTag("Rejection", (rejection) => Effect.succeed(failure(rejection, requestId)))
  )
}

const write = (response: ServerResponse, { status, headers, body }: SqsAnswer) =>
  Effect.sync(() => {
    response.writeHead(status, headers).end(body)
  })

const tellCounts = (queues: Queues, tell: SqsServerOptions["onCounts"]) =>
  tell === undefined
    ? Effect.void
    : Effect.forEach(
        queues.list(),
        ({ queue, record }) => {
          const counts = queue.tally.take()
          const isIdle = Object.values(counts).every((count) => count === 0)
          return isIdle ? Effect.void : tell(record.name, counts)
        },
        { discard: true }
      )

const listen = (server: Server, port: number) =>
  Effect.callback<string, SqsPortTaken>((resume) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === "EADDRINUSE" || cause.code === "EACCES"
      resume(isTaken ? Effect.fail(new SqsPortTaken({ port })) : Effect.die(cause))
    })
    server.listen({ port, host: "127.0.0.1" }, () => {
      const address = server.address()
      const taken = typeof address === "object" && address !== null ? address.port : port
      resume(Effect.succeed(`http://127.0.0.1:${taken}`))
    })
  })

const close = (server: Server) =>
  Effect.callback<void>((resume) => {
    server.close(() => resume(Effect.void))
    server.closeAllConnections()
  })

const openStore = (folder: string | undefined) =>
  Effect.acquireRelease(
    Effect.try({
      try: () => new Store(folder),
      catch: (cause) => new SqsFolderUnavailable({ folder, cause })
    }),
    (store) => Effect.sync(() => store.close())
  )

/**
 * An SQS endpoint of FIFO queues on 127.0.0.1, for as long as the scope is open. What it
 * acknowledged was written to the folder; closing cuts open connections, long polls too, and takes
 * no message for them.
 */
export const make = (
  options: SqsServerOptions
): Effect.Effect<{ readonly endpoint: string }, SqsPortTaken | SqsFolderUnavailable, Scope.Scope> =>
  Effect.gen(function* () {
    const store = yield* openStore(options.folder)
    const bells = new Bells()
    const now = yield* Clock.currentTimeMillis
    const queues = new Queues(
      {
        store,
        region: options.region ?? "eu-west-1",
        newId: randomUUID,
        touched: (queue) => bells.ring(queue)
      },
      now
    )
    const operations = {
      ...messageOperations,
      ...queueOperations,
      ReceiveMessage: receiveOperation(bells)
    }
    const run = yield* FiberSet.makeRuntime<never, void, never>()
    // Longer than clients keep a connection, so that none is closed under a request.
    const server = createServer({ keepAliveTimeout: 120_000 })
    const endpoint = yield* Effect.acquireRelease(listen(server, options.port), () => close(server))
    server.on("request", (request, response) => {
      const handled = answer(operations, { queues, endpoint }, request).pipe(
        Effect.tap(() => tellCounts(queues, options.onCounts)),
        Effect.flatMap((sent) => write(response, sent))
      )
      const fiber = run(handled)
      response.on("close", () => fiber.interruptUnsafe())
    })
    return { endpoint }
  })
