import { randomUUID } from "node:crypto"
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as LoopbackServer from "../LoopbackServer.ts"
import { Bells } from "./Bells.ts"
import { messageOperations } from "./MessageOperations.ts"
import type { QueueCounts } from "./QueueCounts.ts"
import { queueOperations } from "./QueueOperations.ts"
import { Queues } from "./Queues.ts"
import { receiveOperation } from "./ReceiveOperation.ts"
import { Rejection } from "./Rejection.ts"
import type { Operations } from "./Request.ts"
import { decode, failure, success } from "./SqsCall.ts"
import { Store } from "./Store.ts"

export { countsLine } from "./QueueCounts.ts"
export { Store } from "./Store.ts"

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
  /** Keeps the queues over restarts; without it they are in memory. */
  readonly folder: string | undefined
  readonly region?: string
  /** Gets the counts of every queue after each request. */
  readonly onCounts?: (queueName: string, counts: QueueCounts) => Effect.Effect<void>
}

const invalidAction = (message: string) => new Rejection({ code: "InvalidAction", message })

const callOf = ({ body, endpoint, headers, url }: LoopbackServer.LocalRequest) => {
  const [path = "/"] = url.split("?", 1)
  const target = headers["x-amz-target"]
  return typeof target === "string"
    ? decode(target, body.toString(), path === "/" ? undefined : endpoint + path)
    : Result.fail(invalidAction("The request has no x-amz-target: only AWS JSON 1.0 is read here."))
}

const answer = (operations: Operations, queues: Queues, request: LoopbackServer.LocalRequest) => {
  const requestId = randomUUID()
  return Effect.gen(function* () {
    const { action, input } = yield* Effect.fromResult(callOf(request))
    const run = Object.hasOwn(operations, action) ? operations[action] : undefined
    const unknown = invalidAction(`The action ${action} is not valid for this endpoint.`)
    const output = yield* run === undefined
      ? unknown
      : run({ queues, endpoint: request.endpoint }, input)
    return success(output, requestId)
  }).pipe(
    Effect.catchTag("Rejection", (rejection) => Effect.succeed(failure(rejection, requestId)))
  )
}

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

const openStore = (folder: string | undefined) =>
  Effect.acquireRelease(
    Effect.try({
      try: () => new Store(folder),
      catch: (cause) => new SqsFolderUnavailable({ folder, cause })
    }),
    (store) => Effect.sync(() => store.close())
  )

/**
 * Serves SQS FIFO queues until the scope ends, over AWS JSON 1.0. Acknowledged changes are in the
 * folder. Closing cuts open connections, also long polls, which then take no message.
 */
export const make = Effect.fn("SqsServer.make")(function* (options: SqsServerOptions) {
  const store = yield* openStore(options.folder)
  const bells = new Bells()
  const now = yield* Clock.currentTimeMillis
  const { port, region = "eu-west-1" } = options
  const touched = (queue: string) => bells.ring(queue)
  const queues = new Queues({ store, region, newId: randomUUID, touched }, now)
  const operations = {
    ...messageOperations,
    ...queueOperations,
    ReceiveMessage: receiveOperation(bells)
  }
  return yield* LoopbackServer.serve({
    port,
    handle: (request) =>
      Effect.tap(answer(operations, queues, request), () => tellCounts(queues, options.onCounts))
  })
})
