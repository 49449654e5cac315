import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { queueDepths, storedInteractions } from "../census.ts"
import type { LocalSystem } from "../LocalSystem.ts"
import {
  json,
  type LocalAnswer,
  type LocalRequest,
  plain,
  serve as serveLoopback
} from "../LoopbackServer.ts"

/** Counts messages and stored interactions by status, and lists the system's processes. */
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

/** All values are numbers and names from this repository, so they need no escaping. */
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

const pages: Readonly<Record<string, (status: Status) => LocalAnswer>> = {
  "/": (status) => ({ status: 200, headers: { "content-type": "text/html" }, body: page(status) }),
  "/status.json": (status) => json(status)
}

/** Serves the health page until the scope ends, and answers its URL. */
export const serve = Effect.fn("HealthPage.serve")(function* (system: LocalSystem, port: number) {
  const handle = ({ url }: LocalRequest) => {
    const show = pages[url]
    return show === undefined
      ? Effect.succeed(plain(404, "There is no such page.\n"))
      : Effect.map(statusOf(system), show)
  }
  const { endpoint } = yield* serveLoopback({ port, handle })
  return endpoint
})
