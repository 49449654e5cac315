/**
 * A chatbot process that streams like a language model: it waits, then sends a few words at a time.
 * A question's number decides the wait, so that both Workers wait equally; a slow question takes so
 * long that it cannot be recorded in one request.
 */
import { createServer, type ServerResponse } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import { listen } from "../listen.ts"

const firstTokenMs = { from: 150, to: 300 }
const slowMs = 1500
const chunkEveryMs = 15
const chunkCount = 20

/** Waits are spread evenly over the numbers, without chance. */
const waitMsFor = (question: string): number => {
  if (question.includes("slow")) return slowMs
  const number = Number(/\d+/.exec(question)?.[0] ?? 0)
  return firstTokenMs.from + ((number * 67) % (firstTokenMs.to - firstTokenMs.from))
}

const event = (data: object | string): string =>
  `data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`

const frame = { id: "chatcmpl-1", object: "chat.completion.chunk", model: "example-model" }
const chunk = event({
  ...frame,
  choices: [{ index: 0, delta: { content: "some words of an answer, " }, finish_reason: null }]
})
const ending = [
  event({ ...frame, choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }),
  event({ ...frame, choices: [], usage: { prompt_tokens: 40, completion_tokens: 100 } }),
  event("[DONE]")
].join("")

const answer = async (question: string, response: ServerResponse) => {
  await sleep(waitMsFor(question))
  response.writeHead(200, { "content-type": "text/event-stream" })
  const from = performance.now()
  for (let n = 0; n < chunkCount && !response.destroyed; n++) {
    response.write(chunk)
    await sleep(Math.max(0, from + (n + 1) * chunkEveryMs - performance.now()))
  }
  response.end(ending)
}

const server = createServer({ noDelay: true }, (request, response) => {
  let body = ""
  request.setEncoding("utf8").on("data", (text: string) => {
    body += text
  })
  request.on("end", () => {
    const { messages } = JSON.parse(body) as { messages: ReadonlyArray<{ content: string }> }
    void answer(messages.at(-1)?.content ?? "", response)
  })
})
server.keepAliveTimeout = 120_000
process.send?.({ port: await listen(server) })
