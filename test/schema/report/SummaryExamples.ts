import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import type { InteractionSummary } from "../../../src/schema/InteractionSummary.ts"
import { requestIdOf } from "../EventExamples.ts"

const between = (minimum: number, maximum: number) =>
  Schema.Int.check(Schema.isBetween({ minimum, maximum }))

const Id = between(1, 1_000_000)
const Session = between(1, 5)
const Status = Schema.Literals(["awaiting_response", "awaiting_query", "correlated"])

/** Few values of each, so that they meet again; an empty text stands for an absent field. */
const QueryChoice = Schema.Struct({
  question: Schema.Literals(["Any tests?", "any TESTS", "Any tests", "Salary?", "salary", "?", ""]),
  country: Schema.Literals(["SE", "DE", "GB", ""]),
  device: Schema.Literals(["desktop", "mobile", ""]),
  referrerHost: Schema.Literals(["news.example", "search.example", ""]),
  askedIn: Schema.Literals(["en", "de", ""]),
  agent: Schema.Literals(["person", "person", "unknown", "bot", ""]),
  own: Schema.Literals([0, 0, 0, 1])
})

const ResponseChoice = Schema.Struct({
  matchType: Schema.Literals(["full", "partial", "none", "unknown"]),
  outcome: Schema.Literals(["answered", "answered", "failed"]),
  /** -1 where the chatbot tells no score. */
  scoreHundredths: between(-1, 100),
  latencyMs: between(1, 40),
  answeredIn: Schema.Literals(["en", "en", "sv", ""]),
  model: Schema.Literals(["knowledge-base", "gpt-5", "gpt-5-2025-08-07", "a/model of my own", ""]),
  /** -1 where the chatbot tells none. */
  inputTokens: between(-1, 500),
  outputTokens: between(-1, 500),
  /** How many of the tokens were cached and reasoning; -1 where the model does not say. */
  partTokens: between(-1, 500)
})

const VoteChoice = Schema.Struct({
  rating: Schema.Literals(["up", "down", "down", "withdrawn", ""]),
  reason: Schema.Literals(["wrong", "other", ""]),
  comment: Schema.Literals(["No.", ""])
})

const optional = <K extends string, V extends string>(key: K, value: V | "") =>
  (value === "" ? {} : { [key]: value }) as { readonly [P in K]?: V }

const queryFrom = ({ own, question, ...traits }: typeof QueryChoice.Type) => ({
  question,
  ...optional("country", traits.country),
  ...optional("device", traits.device),
  ...optional("referrerHost", traits.referrerHost),
  ...optional("agent", traits.agent),
  ...optional("askedIn", traits.askedIn),
  ...(own === 1 ? { own } : {})
})

const told = <K extends string>(key: K, count: number) =>
  (count < 0 ? {} : { [key]: count }) as { readonly [P in K]?: number }

const tokensFrom = ({ inputTokens, outputTokens, partTokens }: typeof ResponseChoice.Type) => ({
  ...told("input", inputTokens),
  ...told("output", outputTokens),
  ...told("cachedInput", Math.min(partTokens, inputTokens)),
  ...told("cacheWrites", partTokens < 0 ? -1 : Math.max(-1, inputTokens - partTokens) >> 1),
  ...told("reasoning", Math.min(partTokens, outputTokens))
})

const responseFrom = (choice: typeof ResponseChoice.Type) => ({
  matchType: choice.matchType,
  ...(choice.scoreHundredths < 0 ? {} : { matchScore: choice.scoreHundredths / 100 }),
  processingTimeMs: choice.latencyMs,
  outcome: choice.outcome,
  ...optional("model", choice.model),
  ...optional("answeredIn", choice.answeredIn),
  ...(choice.inputTokens + choice.outputTokens < -1 ? {} : { tokens: tokensFrom(choice) })
})

const voteFrom = ({ comment, rating, reason }: typeof VoteChoice.Type) =>
  rating === ""
    ? {}
    : { vote: { rating, ...optional("reason", reason), ...optional("comment", comment) } }

/** The interactions of a random week, all within the given instants. */
export const summariesBetween = (startMs: number, endMs: number, maxLength = 60) =>
  Arbitrary.array(
    Arbitrary.all({
      id: Arbitrary.schema(Id),
      session: Arbitrary.schema(Session),
      status: Arbitrary.schema(Status),
      query: Arbitrary.schema(QueryChoice),
      response: Arbitrary.schema(ResponseChoice),
      vote: Arbitrary.schema(VoteChoice),
      timestamp: Arbitrary.schema(between(startMs, endMs - 1))
    }),
    { maxLength }
  ).pipe(
    Arbitrary.map((interactions) =>
      interactions.map(
        ({ id, query, response, session, status, timestamp, vote }): InteractionSummary => ({
          requestId: requestIdOf(id),
          timestamp,
          sessionId: SessionId.make(`session-${session}`),
          status,
          ...(status === "awaiting_query" ? {} : { query: queryFrom(query) }),
          ...(status === "awaiting_response" ? {} : { response: responseFrom(response) }),
          ...voteFrom(vote)
        })
      )
    )
  )

/** A permutation of the list that the seed decides. */
export const shuffled = <A>(list: ReadonlyArray<A>, seed: number): ReadonlyArray<A> => {
  const keyOf = (index: number) => Math.imul(index + 1, 2_654_435_761 ^ seed) >>> 0
  return [...list.entries()].sort(([a], [b]) => keyOf(a) - keyOf(b)).map(([, item]) => item)
}
