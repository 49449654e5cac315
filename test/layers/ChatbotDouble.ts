/** A chatbot on the wire, which answers as each test says and keeps the requests. */
import type { IncomingHttpHeaders, ServerResponse } from "node:http"
import * as Effect from "effect/Effect"
import { serveHttp } from "./HttpDouble.ts"

export interface Asked {
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
  /** True once the connection closed before the answer was whole. */
  readonly left: () => boolean
}

export type Saying = (response: ServerResponse, asked: Asked) => void | Promise<void>

/** Serves until its scope closes. */
export const serve = Effect.fnUntraced(function* (say: Saying) {
  const asked: Array<Asked> = []
  const port = yield* serveHttp(({ headers, url: path }, body, response) => {
    const left = () => response.destroyed && !response.writableFinished
    const one = { path, headers, body: JSON.parse(body), left }
    asked.push(one)
    return say(response, one)
  })
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
