/**
 * What the Worker itself says over HTTP: the types of the bodies that it writes, and the source of
 * the published description. Imported for types only, so none of it is in the bundle.
 */
import * as Schema from "effect/Schema"
import { RequestId, SessionId } from "../../schema/AnalyticsEvent.ts"
import { Answer } from "../../schema/Answer.ts"
import { type ProblemCode, problems } from "./Problem.ts"

const { matchScore, matchType } = Answer.fields

/** An answer as one JSON object. */
export const AnswerBody = Schema.Struct({
  requestId: RequestId,
  sessionId: SessionId,
  answer: Schema.String,
  matchType,
  matchScore
})
export type AnswerBody = typeof AnswerBody.Type

/** The data of an event, where the answer is ours; a chatbot that streams writes its own. */
export const AnswerChunk = Schema.Struct({
  id: RequestId,
  object: Schema.Literal("chat.completion.chunk"),
  model: Schema.String,
  sessionId: SessionId,
  matchType: Schema.optionalKey(matchType),
  matchScore: Schema.optionalKey(matchScore),
  choices: Schema.Tuple([
    Schema.Struct({
      index: Schema.Literal(0),
      delta: Schema.Struct({
        role: Schema.optionalKey(Schema.Literal("assistant")),
        content: Schema.optionalKey(Schema.String)
      }),
      finish_reason: Schema.NullOr(Schema.Literal("stop"))
    })
  ])
})
export type AnswerChunk = typeof AnswerChunk.Type

const codes = Object.keys(problems) as ReadonlyArray<ProblemCode>

/** A problem by RFC 9457. */
export const ProblemBody = Schema.Struct({
  type: Schema.String,
  code: Schema.Literals(codes),
  status: Schema.Int.check(Schema.isBetween({ minimum: 400, maximum: 599 })),
  detail: Schema.NonEmptyString
})
export type ProblemBody = typeof ProblemBody.Type

export const HealthBody = Schema.Struct({
  status: Schema.Literal("ok"),
  version: Schema.String,
  queue: Schema.Literal("configured")
})
export type HealthBody = typeof HealthBody.Type
