/** Records the question and the answer of a wrapped Worker, without delaying either. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { readAtMost } from "../../runtime/readAtMost.ts"
import { judgeAnswer } from "../../schema/chat/judgeAnswer.ts"
import { readChatQuestion } from "../../schema/chat/readChatQuestion.ts"
import { readLengthMax } from "../../schema/redaction/TextLength.ts"
import { begin } from "./Conversation.ts"
import { askedIn } from "./Exchange.ts"
import type { RequestContext } from "./RequestContext.ts"
import { isJson } from "./readQuestion.ts"
import { Transcript } from "./Transcript.ts"

/** Finds the question of a request; `undefined` when it asks none. */
export type QuestionOf = (request: Request) => Promise<string | undefined>

/** Some pages send the whole conversation with every question. */
const bodyBytesMax = 256 * 1024

/** Reads the forms of JSON that most chatbots use. */
export const questionInJson: QuestionOf = async (request) => {
  if (!isJson(request)) return undefined
  const body = await readAtMost(request.body, bodyBytesMax)
  return body === undefined ? undefined : readChatQuestion(JSON.parse(body))
}

/**
 * Reads the question from a copy of the request, up to some length. It then
 * cancels the copy, which could pile up in memory while the handler reads the request itself.
 */
export const questionIn = async (
  copy: Request,
  questionOf: QuestionOf
): Promise<string | undefined> => {
  try {
    return (await questionOf(copy))?.slice(0, readLengthMax)
  } finally {
    copy.body?.cancel().catch(() => undefined)
  }
}

/** Pages and pictures pass unread. */
const isReadable = ({ headers }: Response): boolean =>
  /^(?:text\/event-stream|text\/plain|application\/(?:[\w.]+\+)?json)\b/i.test(
    headers.get("content-type") ?? ""
  )

const readAsked = Effect.fnUntraced(function* (
  request: Request,
  context: RequestContext,
  question: Promise<string | undefined>,
  askedAt: number
) {
  const found = yield* Effect.tryPromise(() => question)
  if (found === undefined || found.trim() === "") return undefined
  return yield* askedIn(request, context, { question: found, askedAt })
})

/**
 * Returns the handler's response, whose body the transcript reads as it passes, or `undefined` when
 * the handler failed. The handler never waits: the question is read from a copy of the request
 * while the handler works.
 */
export const observe = Effect.fnUntraced(function* (
  request: Request,
  context: RequestContext,
  question: Promise<string | undefined>,
  answering: Promise<Response>
) {
  const askedAt = yield* Clock.currentTimeMillis
  const services = yield* Effect.context<never>()
  const asked = readAsked(request, context, question, askedAt).pipe(
    Effect.provideContext(services),
    Effect.catchCause((cause) => Effect.as(Effect.logWarning("no question read", cause), undefined))
  )
  const conversation = yield* begin(asked, request, context)
  const handled = yield* Effect.exit(Effect.tryPromise(() => answering))
  if (Exit.isFailure(handled)) return yield* conversation.answered(undefined)
  const response = handled.value
  if (response.body === null || !response.ok || !isReadable(response)) {
    // an answer in an unreadable form counts as an answer all the same
    yield* conversation.answered(response.ok ? judgeAnswer("", { matchType: "full" }) : undefined)
    return response
  }
  const transcript = new Transcript(response.headers.get("content-type"))
  return new Response(conversation.streams(response.body, transcript), response)
})
