import type { Answer } from "../../schema/Answer.ts"
import type { Asked } from "./Exchange.ts"
import type { AnswerBody, AnswerChunk } from "./ResponseBodies.ts"

const noStore = { "cache-control": "no-store" }

export const asksForStream = (request: Request): boolean =>
  /\btext\/event-stream\b/i.test(request.headers.get("accept") ?? "")

export const jsonResponse = ({ requestId, sessionId }: Asked, answer: Answer): Response =>
  Response.json(
    {
      requestId,
      sessionId,
      answer: answer.text,
      matchType: answer.matchType,
      matchScore: answer.matchScore
    } satisfies AnswerBody,
    { headers: noStore }
  )

export const streamResponse = (body: ReadableStream<Uint8Array> | string): Response =>
  new Response(body, { headers: { ...noStore, "content-type": "text/event-stream" } })

const event = (data: string): string => `data: ${data}\n\n`

/** Writes a whole answer as the chunks of a chat completion, which pages can read. */
export const chunksOf = ({ requestId, sessionId }: Asked, answer: Answer): string => {
  const { matchScore, matchType, model, text } = answer
  const frame = { id: requestId, object: "chat.completion.chunk", model, sessionId } as const
  const whole: AnswerChunk = {
    ...frame,
    matchType,
    matchScore,
    choices: [{ index: 0, delta: { role: "assistant", content: text }, finish_reason: null }]
  }
  const stop: AnswerChunk = { ...frame, choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }
  return [JSON.stringify(whole), JSON.stringify(stop), "[DONE]"].map(event).join("")
}
