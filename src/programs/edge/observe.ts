/** Lets somebody else's Worker answer, and sees to it that what was asked and answered is known. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { readAtMost } from "../../runtime/readAtMost.ts"
import { judgeAnswer } from "../../schema/chat/judgeAnswer.ts"
import { readChatQuestion } from "../../schema/chat/readChatQuestion.ts"
import { begin } from "./Conversation.ts"
import { askedIn } from "./Exchange.ts"
import type { RequestContext } from "./RequestContext.ts"
import { isJson } from "./readQuestion.ts"
import { answerLengthMax, Transcript } from "./Transcript.ts"

/** The question that a request asks; `undefined` for a request that asks none. */
export type QuestionOf = (request: Request) => Promise<string | undefined>

/** A conversation may come whole with every question, which is a little more than a question. */
const bodyBytesMax = 256 * 1024

/** The question of a request whose JSON has the form of most chatbots'. */
export const questionInJson: QuestionOf = async (request) => {
  if (!isJson(request)) return undefined
  const body = await readAtMost(request.body, bodyBytesMax)
  return body === undefined ? undefined : readChatQuestion(JSON.parse(body))
}

/**
 * The question in a copy of the request, cut to the length of an answer. What it leaves of the copy
 * is let go, for it could pile up in memory while the handler reads the request itself.
 */
export const questionIn = async (
  copy: Request,
  questionOf: QuestionOf
): Promise<string | undefined> => {
  try {
    return (await questionOf(copy))?.slice(0, answerLengthMax)
  } finally {
    copy.body?.cancel().catch(() => undefined)
  }
}

/** Answers in which a text can be found; a page or a picture passes unread. */
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
  return yield* askedIn(request, context, found, askedAt)
})

/**
 * The handler's response, whose body is shown to the transcript as it passes; `undefined` where the
 * handler failed, whose failure is for its platform to see. Nothing here delays the handler: the
 * question is read from a copy of the request while the handler is at work.
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
    // an answer in a form that nobody reads is an answer all the same
    yield* conversation.answered(response.ok ? judgeAnswer("", { matchType: "full" }) : undefined)
    return response
  }
  const transcript = new Transcript(response.headers.get("content-type"))
  return new Response(conversation.streams(response.body, transcript), response)
})
