/** Workers AI on the wire, which embeds texts as a test says and keeps the requests. */
import type { IncomingHttpHeaders, ServerResponse } from "node:http"
import * as Effect from "effect/Effect"
import { serveHttp } from "./HttpDouble.ts"

interface Asked {
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly texts: ReadonlyArray<string>
}

export type Saying = (response: ServerResponse, texts: ReadonlyArray<string>, turn: number) => void

/** Serves until its scope closes. */
export const serve = Effect.fnUntraced(function* (say: Saying) {
  const asked: Array<Asked> = []
  const port = yield* serveHttp(({ headers, url: path }, body, response) => {
    const { text }: { text: ReadonlyArray<string> } = JSON.parse(body)
    asked.push({ path, headers, texts: text })
    say(response, text, asked.length)
  })
  return { asked, baseUrl: new URL(`http://127.0.0.1:${port}/client/v4/`) }
})

export const refusing =
  (status: number, code = 0): Saying =>
  (response) => {
    const errors = [{ code, message: "no text of a visitor belongs here: secret words" }]
    response.writeHead(status).end(JSON.stringify({ success: false, result: null, errors }))
  }

export const telling =
  (vectorsOf: (texts: ReadonlyArray<string>) => ReadonlyArray<unknown>): Saying =>
  (response, texts) => {
    const data = vectorsOf(texts)
    const result = { shape: [data.length, 3], data, pooling: "cls" }
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ success: true, result, errors: [], messages: [] }))
  }
