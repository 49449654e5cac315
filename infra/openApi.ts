/** The OpenAPI description of the Worker, made from its schemas. */
import * as Schema from "effect/Schema"
import {
  AnswerBody,
  AnswerChunk,
  HealthBody,
  ProblemBody,
  QuestionBody,
  VoteBody
} from "../src/programs/edge/Bodies.ts"
import { type ProblemCode, problems, toResponse } from "../src/programs/edge/Problem.ts"
import { questionLengthMax } from "../src/programs/edge/readQuestion.ts"
import { clientRequestIds } from "../src/runtime/clientRequestId.ts"
import { version } from "../src/runtime/version.ts"
import { SessionId } from "../src/schema/AnalyticsEvent.ts"

const jsonSchema = (schema: Schema.Constraint) => Schema.toJsonSchemaDocument(schema).schema

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const headerReference = (name: string) => ({ $ref: `#/components/headers/${name}` })

const header = (description: string, schema: object = { type: "string" }) => ({
  description,
  schema
})

const requestId = { "x-request-id": headerReference("RequestId") }
const always = { ...requestId, "cache-control": headerReference("CacheControl") }

const retryAfter = (code: ProblemCode) => {
  const seconds = toResponse(code).headers.get("retry-after")
  return seconds === null
    ? {}
    : { "retry-after": header("Seconds to wait.", { const: seconds, type: "string" }) }
}

const exampleOf = (code: ProblemCode) => {
  const [status, detail] = problems[code]
  return { value: { type: `urn:cv-analytics:problem:${code}`, code, status, detail } }
}

/** A status has one response, and may have several problems. */
const refusals = (codes: ReadonlyArray<ProblemCode>) => {
  const byStatus = Object.groupBy(codes, (code) => String(problems[code][0]))
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, same = []]) => [
      status,
      {
        description: same.map((code) => `\`${code}\`: ${problems[code][1]}`).join(" "),
        headers: { ...always, ...Object.assign({}, ...same.map(retryAfter)) },
        content: {
          "application/problem+json": {
            schema: reference("Problem"),
            examples: Object.fromEntries(same.map((code) => [code, exampleOf(code)]))
          }
        }
      }
    ])
  )
}

/** The problems of other paths and methods. */
const elsewhere: ReadonlyArray<ProblemCode> = ["not_found", "method_not_allowed"]
const anywhere: ReadonlyArray<ProblemCode> = ["internal_error", "misconfigured"]

const problemCodes = Object.keys(problems) as ReadonlyArray<ProblemCode>

/** The problems that only one of the two operations has. */
const ofQuestions: ReadonlyArray<ProblemCode> = [
  "invalid_body",
  "question_empty",
  "question_too_long",
  "answer_timed_out",
  "answer_unavailable"
]
const ofVotes: ReadonlyArray<ProblemCode> = [
  "votes_off",
  "invalid_vote",
  "vote_refused",
  "vote_unavailable"
]

const refusalsWithout = (others: ReadonlyArray<ProblemCode>) =>
  refusals(problemCodes.filter((code) => ![...elsewhere, ...others].includes(code)))

/** The body's schema lacks these limits, because each has a separate problem. */
const questionSchema = () => {
  const body = jsonSchema(QuestionBody)
  const { query, ...rest } = Object(body.properties)
  const limits = { minLength: 1, maxLength: questionLengthMax, pattern: "\\S" }
  return { ...body, properties: { query: { ...query, ...limits }, ...rest } }
}

const parameter = (name: string, description: string, schema: object = { type: "string" }) => ({
  name,
  in: "header",
  required: false,
  ...header(description, schema)
})

const requestIdParameter = { $ref: "#/components/parameters/RequestId" }

const askOperation = () => ({
  operationId: "ask",
  summary: "Asks a question",
  description:
    "The answer is one JSON object, or server-sent events where `accept` names " +
    "`text/event-stream`.",
  parameters: [
    requestIdParameter,
    parameter("x-session-id", "A session that the site keeps itself.", jsonSchema(SessionId)),
    parameter("x-own-visit", "The owner's token; the visit is then left out of the report.")
  ],
  requestBody: {
    required: true,
    content: { "application/json": { schema: reference("Question") } }
  },
  responses: {
    "200": {
      description: "The answer.",
      headers: { ...always, "x-cv-feedback": headerReference("Feedback") },
      content: {
        "application/json": { schema: reference("Answer") },
        "text/event-stream": {
          schema: {
            type: "string",
            description:
              "The data of each event is an `AnswerChunk`, and of the last `[DONE]`; a chatbot " +
              "that streams by itself has its own events passed through as they are."
          }
        }
      }
    },
    ...refusalsWithout(ofVotes)
  }
})

const voteOperation = () => ({
  operationId: "vote",
  summary: "Votes on an answer",
  description:
    "Who was answered has a token, for one day. The last vote of an answer counts; `withdrawn` " +
    "takes it back. A longer comment is cut.",
  parameters: [requestIdParameter],
  requestBody: {
    required: true,
    content: { "application/json": { schema: reference("Vote") } }
  },
  responses: {
    "202": { description: "The vote is on its way.", headers: always },
    ...refusalsWithout(ofQuestions)
  }
})

const preflight = (operationId: string) => ({
  operationId,
  summary: "Answers a browser's preflight",
  responses: {
    "204": {
      description: "An origin that may ask is told so; another is told nothing.",
      headers: {
        ...requestId,
        vary: header("`origin`"),
        "access-control-allow-origin": header("The origin that may ask."),
        "access-control-allow-methods": header("`POST`"),
        "access-control-allow-headers": header("The headers that a question or a vote may have."),
        "access-control-max-age": header("Seconds.")
      }
    },
    ...refusals(anywhere)
  }
})

const health = (operationId: string, content: object) => ({
  operationId,
  summary: "Says that the Worker is up",
  parameters: [requestIdParameter],
  responses: {
    "200": { description: "It is up.", headers: always, ...content },
    ...refusals(anywhere)
  }
})

export const openApi = () => ({
  openapi: "3.1.1",
  info: {
    title: "cv-analytics edge",
    version,
    license: { name: "MIT", identifier: "MIT" },
    description:
      "Asks a chatbot. Every problem is RFC 9457 JSON with a stable `code`; another path gets " +
      "404 `not_found`, and another method 405 `method_not_allowed` with `allow`."
  },
  servers: [{ url: "/" }],
  paths: {
    "/query": { post: askOperation(), options: preflight("preflightAsk") },
    "/feedback": { post: voteOperation(), options: preflight("preflightVote") },
    "/health": {
      get: health("health", { content: { "application/json": { schema: reference("Health") } } }),
      head: health("healthHeaders", {}),
      options: preflight("preflightHealth")
    }
  },
  components: {
    headers: {
      RequestId: header(
        "The client's `x-request-id`, or the id of the request where the client sent none."
      ),
      Feedback: header("The token for a vote, where votes are taken."),
      CacheControl: header("Nothing is to be kept.", { const: "no-store" })
    },
    parameters: {
      RequestId: parameter(
        "x-request-id",
        "A client's or gateway's own name for the request: up to 128 visible characters.",
        { type: "string", pattern: clientRequestIds.source }
      )
    },
    schemas: {
      Question: questionSchema(),
      Answer: jsonSchema(AnswerBody),
      AnswerChunk: jsonSchema(AnswerChunk),
      Vote: jsonSchema(VoteBody),
      Problem: jsonSchema(ProblemBody),
      Health: jsonSchema(HealthBody)
    }
  }
})

/** The content of `docs/openapi.json`. */
export const openApiText = (): string => `${JSON.stringify(openApi(), undefined, 2)}\n`
