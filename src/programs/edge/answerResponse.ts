import * as Effect from "effect/Effect"
import type { Answer } from "../../schema/Answer.ts"
import { Answerer } from "../../services/Answerer.ts"
import type { Conversation } from "../recorder/Conversation.ts"
import type { Asked } from "../recorder/Exchange.ts"
import { Transcript } from "../recorder/Transcript.ts"
import type { AnswerBody, AnswerChunk } from "./ResponseBodies.ts"

const noStore = { "cache-control": "no-store" }

/** A quality of 0 means "not acceptable". */
const isRefused = /;\s*q\s*=\s*0(?:\.0{0,3})?\s*(?:;|$)/i

export const asksForStream = (request: Request): boolean =>
  (request.headers.get("accept") ?? "")
    .split(",")
    .some((range) => /^\s*text\/event-stream\s*(?:;|$)/i.test(range) && !isRefused.test(range))

const scoreOf = ({ matchScore }: Answer) => (matchScore === undefined ? {} : { matchScore })

export const jsonResponse = ({ requestId, sessionId }: Asked, answer: Answer): Response =>
  Response.json(
    {
      requestId,
      sessionId,
      answer: answer.text,
      matchType: answer.matchType,
      ...scoreOf(answer)
    } satisfies AnswerBody,
    { headers: noStore }
  )

export const streamResponse = (body: ReadableStream<Uint8Array> | string): Response =>
  new Response(body, { headers: { ...noStore, "content-type": "text/event-stream" } })

const event = (data: string): string => `data: ${data}\n\n`

/** Writes a whole answer as the chunks of a chat completion, which pages can read. */
export const chunksOf = ({ requestId, sessionId }: Asked, answer: Answer): string => {
  const { matchType, model, text } = answer
  const frame = { id: requestId, object: "chat.completion.chunk", model, sessionId } as const
  const whole: AnswerChunk = {
    ...frame,
    matchType,
    ...scoreOf(answer),
    choices: [{ index: 0, delta: { role: "assistant", content: text }, finish_reason: null }]
  }
  const stop: AnswerChunk = { ...frame, choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }
  return [JSON.stringify(whole), JSON.stringify(stop), "[DONE]"].map(event).join("")
}

export const answerWhole = Effect.fnUntraced(function* (
  { signal }: Request,
  asked: Asked,
  { answered }: Conversation
) {
  const answer = yield* (yield* Answerer).answer(asked.question, signal)
  yield* answered(answer)
  return jsonResponse(asked, answer)
})

export const answerStreaming = Effect.fnUntraced(function* (
  { signal }: Request,
  asked: Asked,
  { answered, streams }: Conversation
) {
  const reply = yield* (yield* Answerer).stream(asked.question, signal)
  if (reply._tag === "Streaming") {
    return streamResponse(streams(reply.events, new Transcript("text/event-stream", reply.known)))
  }
  yield* answered(reply.answer)
  return streamResponse(chunksOf(asked, reply.answer))
})
