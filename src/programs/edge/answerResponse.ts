import * as Effect from "effect/Effect"
import type { Answer } from "../../schema/Answer.ts"
import { Answerer } from "../../services/Answerer.ts"
import type { AnswerBody, AnswerChunk } from "./Bodies.ts"
import type { RequestContext } from "./RequestContext.ts"

const noStore = { "cache-control": "no-store" }

/** A quality of 0 means "not acceptable". */
const isRefused = /;\s*q\s*=\s*0(?:\.0{0,3})?\s*(?:;|$)/i

export const asksForStream = (request: Request): boolean =>
  (request.headers.get("accept") ?? "")
    .split(",")
    .some((range) => /^\s*text\/event-stream\s*(?:;|$)/i.test(range) && !isRefused.test(range))

const scoreOf = ({ matchScore }: Answer) => (matchScore === undefined ? {} : { matchScore })

type Named = Pick<RequestContext, "requestId">

export const jsonResponse = ({ requestId }: Named, answer: Answer, feedback?: string): Response =>
  Response.json(
    {
      requestId,
      answer: answer.text,
      matchType: answer.matchType,
      ...scoreOf(answer),
      ...(feedback === undefined ? {} : { feedback })
    } satisfies AnswerBody,
    { headers: noStore }
  )

export const streamResponse = (body: ReadableStream<Uint8Array> | string): Response =>
  new Response(body, { headers: { ...noStore, "content-type": "text/event-stream" } })

const event = (data: string): string => `data: ${data}\n\n`

/** Writes a whole answer as the chunks of a chat completion, which pages can read. */
export const chunksOf = ({ requestId }: Named, answer: Answer): string => {
  const { matchType, model = "unknown", text } = answer
  const frame = { id: requestId, object: "chat.completion.chunk", model } as const
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
  context: RequestContext,
  question: string
) {
  const answer = yield* (yield* Answerer).answer(question, signal)
  context.tell(answer)
  return jsonResponse(context, answer, yield* context.feedback)
})

export const answerStreaming = Effect.fnUntraced(function* (
  { signal }: Request,
  context: RequestContext,
  question: string
) {
  const reply = yield* (yield* Answerer).stream(question, signal)
  if (reply._tag === "Streaming") {
    context.tell(reply.known)
    return streamResponse(reply.events)
  }
  context.tell(reply.answer)
  return streamResponse(chunksOf(context, reply.answer))
})
