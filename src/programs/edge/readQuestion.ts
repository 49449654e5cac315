import * as Effect from "effect/Effect"
import { readJson } from "../../runtime/readJson.ts"
import { fieldsOf } from "../../schema/chat/Json.ts"
import { sessionIdIn } from "../../schema/Identifiers.ts"
import { Problem } from "./Problem.ts"

export const questionLengthMax = 2000

/** Reads the visitor's question, or fails with the first fault of the request. */
export const readQuestion = Effect.fnUntraced(function* (request: Request) {
  const json = yield* readJson(request).pipe(Effect.mapError(({ code }) => new Problem({ code })))
  const { query: question, sessionId } = fieldsOf(json)
  const isValid = sessionId === undefined || sessionIdIn(sessionId) !== undefined
  if (typeof question !== "string" || !isValid) return yield* new Problem({ code: "invalid_body" })
  if (question.trim() === "") return yield* new Problem({ code: "question_empty" })
  if (question.length > questionLengthMax) return yield* new Problem({ code: "question_too_long" })
  return { question }
})
