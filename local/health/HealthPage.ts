import { createServer } from "node:http"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { queueDepths, storedInteractions } from "../census.ts"
import type { LocalSystem } from "../LocalSystem.ts"

export class HealthPortTaken extends Data.TaggedError("HealthPortTaken")<{
  readonly port: number
}> {
  override get message() {
    return `the health page cannot listen on port ${this.port}: it is taken`
  }
}

/** Queue depths, stored interactions by status, and the processes that make up the system. */
const statusOf = Effect.fnUntraced(function* (system: LocalSystem) {
  const { deadLetters, queue } = yield* queueDepths(system)
  const stored: Record<string, number> = { correlated: 0, awaiting_response: 0, awaiting_query: 0 }
  yield* storedInteractions(system.dynamoDb, system.definitions.table.TableName).pipe(
    Stream.runForEach(({ status }) =>
      Effect.sync(() => {
        stored[status] = (stored[status] ?? 0) + 1
      })
    )
  )
  const processes = yield* Effect.forEach(system.processes, ({ endpoint, name, processId }) =>
    Effect.map(processId, (id) => ({ name, endpoint, processId: id }))
  )
  const processors = yield* system.processor.processIds
  return { queue, deadLetters, stored, processes, processors }
})
type Status = Effect.Success<ReturnType<typeof statusOf>>

const cells = (values: ReadonlyArray<string | number | undefined>): string =>
  `<tr>${values.map((value) => `<td>${value ?? ""}</td>`).join("")}</tr>`

/** Every value here is a number or a name of ours, so nothing needs escaping. */
const page = ({
  deadLetters,
  processes,
  processors,
  queue,
  stored
}: Status): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<meta name="color-scheme" content="light dark"><title>cv-analytics: health</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}
td{border-bottom:1px solid #8886;padding:.3rem .5rem}</style>
<h1>cv-analytics</h1>
<h2>Queue</h2><table>
${cells(["waiting", queue.waiting])}${cells(["in flight", queue.inFlight])}
${cells(["dead letters", deadLetters.waiting + deadLetters.inFlight])}</table>
<h2>Stored interactions</h2><table>${Object.entries(stored).map(cells).join("")}</table>
<h2>Processes</h2><table>
${processes.map((p) => cells([p.name, p.endpoint, p.processId])).join("")}
${processors.map((id) => cells(["processor", "", id])).join("")}</table>
<p><a href="/status.json">status.json</a></p></html>`

const routes = (system: LocalSystem) =>
  HttpRouter.use(
    Effect.fn(function* (router) {
      yield* router.add(
        "GET",
        "/",
        Effect.map(statusOf(system), (status) => HttpServerResponse.html(page(status)))
      )
      yield* router.add(
        "GET",
        "/status.json",
        Effect.map(statusOf(system), (status) => HttpServerResponse.jsonUnsafe(status))
      )
    })
  )

/** Serves the health page on loopback until the scope ends, and answers its URL. */
export const serve = Effect.fnUntraced(function* (system: LocalSystem, port: number) {
  const server = NodeHttpServer.layer(createServer, { port, host: "127.0.0.1" })
  const app = HttpRouter.serve(routes(system), { disableLogger: true, disableListenLog: true })
  const context = yield* Layer.build(Layer.provideMerge(app, server)).pipe(
    Effect.catchCause(() => Effect.fail(new HealthPortTaken({ port })))
  )
  return yield* HttpServer.addressFormattedWith(Effect.succeed).pipe(Effect.provideContext(context))
})
