/**
 * Plays the servers that the examples ask, in their real wire formats: OpenAI's chat completions and
 * Responses, Workers AI, and Flowise's prediction.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { gzipSync } from "node:zlib"
import * as Effect from "effect/Effect"
import { prediction } from "./flowise.ts"
import { chatError, chatStream, chatWhole } from "./openAiChat.ts"
import { responsesStream } from "./openAiResponses.ts"
import { type Asked, broken, lastOf } from "./said.ts"
import { workersAiStream } from "./workersAi.ts"

/** Others get 401. */
export const key = "secret-of-the-model"

const bodyOf = async (request: IncomingMessage): Promise<Asked> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

const sendEvents = async (
  response: ServerResponse,
  events: ReadonlyArray<string>
): Promise<void> => {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" })
  for (const event of events) {
    response.write(event)
    // each event leaves by itself, as those of a model do
    await new Promise(setImmediate)
  }
  response.end()
}

/** Compresses if it may, as the real servers do. */
const sendJson = (
  request: IncomingMessage,
  response: ServerResponse,
  json: object,
  status = 200
): void => {
  const body = Buffer.from(JSON.stringify(json))
  const mayCompress = /\bgzip\b/.test(String(request.headers["accept-encoding"]))
  const type = { "content-type": "application/json" }
  response.writeHead(status, mayCompress ? { ...type, "content-encoding": "gzip" } : type)
  response.end(mayCompress ? gzipSync(body) : body)
}

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const asked = await bodyOf(request)
  const { pathname } = new URL(request.url ?? "", "http://upstream")
  if (request.headers.authorization !== `Bearer ${key}`) {
    response.writeHead(401).end()
  } else if (pathname === "/v1/chat/completions") {
    if (lastOf(asked.messages ?? []) === broken) sendJson(request, response, chatError, 400)
    else if (asked.stream === true) await sendEvents(response, chatStream(asked))
    else sendJson(request, response, chatWhole(asked))
  } else if (pathname === "/v1/responses") {
    await sendEvents(response, responsesStream(asked))
  } else if (pathname.startsWith("/v1/ai/run/@cf/") && asked.stream === true) {
    await sendEvents(response, workersAiStream(asked))
  } else if (pathname.startsWith("/api/v1/prediction/")) {
    sendJson(request, response, prediction(asked))
  } else {
    response.writeHead(404).end()
  }
}

const listening = Effect.promise(async () => {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return server
})

/** Serves until the scope ends, and returns the address. */
export const serve = Effect.acquireRelease(listening, (server) =>
  Effect.sync(() => {
    server.close()
    server.closeAllConnections()
  })
).pipe(
  Effect.map((server) => {
    const address = server.address()
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
  })
)
