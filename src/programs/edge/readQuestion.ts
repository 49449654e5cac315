import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { readAtMost } from "../../runtime/readAtMost.ts"
import { fieldsOf } from "../../schema/chat/Json.ts"
import { sessionIdIn } from "../../schema/Identifiers.ts"
import { Problem } from "./Problem.ts"

export const bodyBytesMax = 16 * 1024
export const questionLengthMax = 2000

/** A page sends a body of some kilobytes faster than this. */
const bodyWithin = "10 seconds"

export const isJson = (request: Request): boolean =>
  /^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")

const parse = (text: string): Result.Result<unknown, Problem> =>
  Result.try({
    try: () => JSON.parse(text),
    catch: () => new Problem({ code: "malformed_json" })
  })

/** Reads the visitor's question, or fails with the first fault of the request. */
export const readQuestion = Effect.fnUntraced(function* (request: Request) {
  if (!isJson(request)) return yield* new Problem({ code: "unsupported_media_type" })
  const text = yield* Effect.tryPromise({
    try: () => readAtMost(request.body, bodyBytesMax, { fatal: true }),
    catch: () => new Problem({ code: "malformed_json" })
  }).pipe(
    Effect.timeoutOrElse({
      duration: bodyWithin,
      orElse: () => new Problem({ code: "request_timeout" })
    })
  )
  if (text === undefined) return yield* new Problem({ code: "body_too_large" })
  const { query: question, sessionId } = fieldsOf(yield* Effect.fromResult(parse(text)))
  const isValid = sessionId === undefined || sessionIdIn(sessionId) !== undefined
  if (typeof question !== "string" || !isValid) return yield* new Problem({ code: "invalid_body" })
  if (question.trim() === "") return yield* new Problem({ code: "question_empty" })
  if (question.length > questionLengthMax) return yield* new Problem({ code: "question_too_long" })
  return { question }
})
