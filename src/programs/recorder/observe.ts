/** Records the question and the answer of a wrapped Worker, without delaying either. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { answerFormOf } from "../../schema/chat/AnswerForm.ts"
import { judgeAnswer } from "../../schema/chat/judgeAnswer.ts"
import { readLengthMax } from "../../schema/redaction/TextLength.ts"
import { begin } from "./Conversation.ts"
import { askedIn } from "./Exchange.ts"
import type { FoundQuestion, QuestionOf } from "./QuestionSource.ts"
import type { RequestContext } from "./RequestContext.ts"
import { Transcript } from "./Transcript.ts"

/**
 * Reads the question from a copy of the request, up to a length. It then cancels the copy, which
 * could pile up in memory while the handler reads the request itself.
 */
export const questionIn = async (
  copy: Request,
  questionOf: QuestionOf
): Promise<FoundQuestion | undefined> => {
  try {
    const found = await questionOf(copy)
    if (found === undefined) return undefined
    const known = typeof found === "string" ? { question: found } : found
    return { ...known, question: known.question.slice(0, readLengthMax) }
  } finally {
    copy.body?.cancel().catch(() => undefined)
  }
}

/** Pages and pictures pass unread. */
const isReadable = ({ headers }: Response): boolean =>
  answerFormOf(headers.get("content-type")) !== undefined

const readAsked = Effect.fnUntraced(function* (
  request: Request,
  context: RequestContext,
  question: Promise<FoundQuestion | undefined>,
  askedAt: number
) {
  const found = yield* Effect.tryPromise(() => question)
  if (found === undefined || found.question.trim() === "") return undefined
  return yield* askedIn(request, context, { ...found, askedAt })
})

/**
 * Returns the handler's response, whose body the transcript reads as it passes, or `undefined` when
 * the handler failed. The handler never waits: the question is read from a copy of the request
 * while the handler works.
 */
export const observe = Effect.fnUntraced(function* (
  request: Request,
  context: RequestContext,
  question: Promise<FoundQuestion | undefined>,
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
    const unread = judgeAnswer("", { matchType: "unknown" })
    yield* conversation.answered(response.ok ? unread : undefined)
    return response
  }
  const transcript = new Transcript(response.headers.get("content-type"))
  return new Response(conversation.streams(response.body, transcript), response)
})
