/**
 * A chatbot process that streams like a language model: it waits, then sends a few words at a time.
 * A question's number decides the wait, so that both Workers wait equally; a slow question takes
 * so long that it cannot be recorded in one request. A question may ask for a number of pieces, for
 * all of them at once, or for a pause of 70 s after the first.
 */
import { once } from "node:events"
import { createServer, type ServerResponse } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import { listen } from "../listen.ts"

const firstTokenMs = { from: 150, to: 300 }
const slowMs = 11_000
const chunkEveryMs = 15
const chunkCount = 20

const pauseMs = 70_000

const paceFor = (question: string) => ({
  count: Number(/in (\d+) pieces/.exec(question)?.[1] ?? chunkCount),
  everyMs: question.includes("at once") ? 0 : chunkEveryMs,
  pauseMs: question.includes("with a pause") ? pauseMs : 0
})

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
  const { count, everyMs, pauseMs } = paceFor(question)
  for (let n = 0; n < count && !response.destroyed; n++) {
    // a visitor who does not read slows the chatbot down
    if (!response.write(chunk)) await once(response, "drain")
    if (everyMs > 0) await sleep(Math.max(0, from + (n + 1) * everyMs - performance.now()))
    if (n === 0 && pauseMs > 0) await sleep(pauseMs)
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
