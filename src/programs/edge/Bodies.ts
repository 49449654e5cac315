/**
 * The bodies of our chatbot, from which the published description is made. The
 * program imports their types only, so that the bundle does not carry the schemas.
 */
import * as Schema from "effect/Schema"
import { RequestId, SessionId } from "../../schema/AnalyticsEvent.ts"
import { Answer, MatchScore } from "../../schema/Answer.ts"
import { Vote } from "../../schema/Vote.ts"
import { type ProblemCode, problems } from "./Problem.ts"

const { matchType } = Answer.fields
const matchScore = Schema.optionalKey(MatchScore)

/** The question, and the session if the page keeps one. */
export const QuestionBody = Schema.Struct({
  query: Schema.String,
  sessionId: Schema.optionalKey(SessionId)
})

export const AnswerBody = Schema.Struct({
  requestId: RequestId,
  answer: Schema.String,
  matchType,
  matchScore,
  /** The token for a vote, where votes are taken. */
  feedback: Schema.optionalKey(Schema.NonEmptyString)
})
export type AnswerBody = typeof AnswerBody.Type

/** A visitor's vote; a longer comment is cut, and a withdrawn vote has neither of the last two. */
export const VoteBody = Schema.Struct({ token: Schema.NonEmptyString, ...Vote.fields })

/** The data of a server-sent event; a chatbot that streams writes its own. */
export const AnswerChunk = Schema.Struct({
  id: RequestId,
  object: Schema.Literal("chat.completion.chunk"),
  model: Schema.String,
  matchType: Schema.optionalKey(matchType),
  matchScore,
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
