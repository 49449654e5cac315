import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import { requestIdOf } from "./EventExamples.ts"

const between = (minimum: number, maximum: number) =>
  Schema.Int.check(Schema.isBetween({ minimum, maximum }))

/** Few values of each, so that sessions, wordings, countries and latencies meet again. */
const Choice = Schema.Struct({
  id: between(1, 1_000_000),
  session: between(1, 5),
  status: Schema.Literals(["awaiting_response", "awaiting_query", "correlated"]),
  question: Schema.Literals(["Any tests?", "any TESTS", "Any tests", "Salary?", "salary", "?", ""]),
  country: Schema.Literals(["SE", "DE", "GB", ""]),
  matchType: Schema.Literals(["full", "partial", "none"]),
  outcome: Schema.Literals(["answered", "failed"]),
  scoreTenths: between(0, 10),
  latencyMs: between(1, 40),
  tokens: between(0, 500)
})

const summaryFrom = (
  choice: typeof Choice.Type,
  timestamp: InteractionSummary["timestamp"]
): InteractionSummary => ({
  requestId: requestIdOf(choice.id),
  timestamp,
  sessionId: SessionId.make(`session-${choice.session}`),
  status: choice.status,
  ...(choice.status === "awaiting_query"
    ? {}
    : {
        query: {
          question: choice.question,
          ...(choice.country === "" ? {} : { country: choice.country })
        }
      }),
  ...(choice.status === "awaiting_response"
    ? {}
    : {
        response: {
          matchType: choice.matchType,
          matchScore: choice.scoreTenths / 10,
          processingTimeMs: choice.latencyMs,
          outcome: choice.outcome,
          model: "m",
          inputTokens: choice.tokens,
          outputTokens: choice.tokens * 2
        }
      })
})

/** The interactions of a random week, all within the given instants. */
export const summariesBetween = (startMs: number, endMs: number, maxLength = 60) =>
  Arbitrary.array(
    Arbitrary.all({
      choice: Arbitrary.schema(Choice),
      timestamp: Arbitrary.schema(between(startMs, endMs - 1))
    }),
    { maxLength }
  ).pipe(
    Arbitrary.map((interactions) =>
      interactions.map(({ choice, timestamp }) => summaryFrom(choice, timestamp))
    )
  )

/** A permutation of the list that the seed decides. */
export const shuffled = <A>(list: ReadonlyArray<A>, seed: number): ReadonlyArray<A> => {
  const keyOf = (index: number) => Math.imul(index + 1, 2_654_435_761 ^ seed) >>> 0
  return [...list.entries()].sort(([a], [b]) => keyOf(a) - keyOf(b)).map(([, item]) => item)
}
