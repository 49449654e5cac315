import { createServer, request as forward } from "node:http"
import { buffer } from "node:stream/consumers"
import * as Effect from "effect/Effect"

/** The decision about a request: pass it on, never answer it, or refuse it with an error's name. */
type Fate = "passed" | "held" | { readonly refusedAs: string }

const operationOf = (target: string | ReadonlyArray<string> | undefined): string =>
  String(target).split(".").at(-1) ?? ""

/** A proxy for AWS's JSON protocol that decides about every request. */
export const inFrontOf = (
  target: string,
  decide: (operation: string, body: Readonly<Record<string, unknown>>) => Fate
) =>
  Effect.acquireRelease(
    Effect.callback<{ readonly endpoint: string; readonly close: () => void }>((resume) => {
      const server = createServer(async (incoming, outgoing) => {
        const body = await buffer(incoming)
        const { headers, method, url } = incoming
        const fate = decide(operationOf(headers["x-amz-target"]), JSON.parse(body.toString()))
        if (fate === "held") return
        if (fate !== "passed") {
          outgoing.writeHead(400, { "content-type": "application/x-amz-json-1.0" })
          outgoing.end(JSON.stringify({ __type: `com.amazonaws#${fate.refusedAs}`, message: "" }))
          return
        }
        const own = { ...headers, host: new URL(target).host }
        forward(`${target}${url}`, { method, headers: own }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
          answer.pipe(outgoing)
        }).end(body)
      })
      server.listen(0, "127.0.0.1", () => {
        const address = server.address()
        const port = typeof address === "object" && address !== null ? address.port : 0
        const close = () => {
          server.closeAllConnections()
          server.close()
        }
        resume(Effect.succeed({ endpoint: `http://127.0.0.1:${port}`, close }))
      })
    }),
    ({ close }) => Effect.sync(close)
  )
