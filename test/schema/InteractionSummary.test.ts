import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import {
  AwaitingQuery,
  AwaitingResponse,
  Correlated,
  Interaction
} from "../../src/schema/Interaction.ts"
import {
  InteractionSummary,
  questionLengthMax,
  summaryOf
} from "../../src/schema/InteractionSummary.ts"
import { askedAt, queryEvent, requestIdOf, responseEvent } from "./EventExamples.ts"

const questionOf = (query: string) =>
  summaryOf(AwaitingResponse.make({ query: queryEvent({ query }) })).query?.question ?? ""

describe("summaryOf", () => {
  it("keeps the fields that the report counts, and no answer text", () => {
    const interaction = Correlated.make({ query: queryEvent(), response: responseEvent() })
    assert.deepStrictEqual(summaryOf(interaction), {
      requestId: requestIdOf(1),
      timestamp: askedAt,
      sessionId: SessionId.make("session-1"),
      status: "correlated",
      query: { question: "Which databases does she know?", country: "SE" },
      response: {
        matchType: "full",
        matchScore: 0.92,
        processingTimeMs: 840,
        outcome: "answered",
        model: "knowledge-base",
        tokens: { input: 120, output: 30 }
      }
    })
  })

  it("has only the part of the present half", () => {
    const unanswered = summaryOf(AwaitingResponse.make({ query: queryEvent() }))
    const unasked = summaryOf(AwaitingQuery.make({ response: responseEvent() }))
    assert.hasAllKeys(unanswered, ["requestId", "timestamp", "sessionId", "status", "query"])
    assert.hasAllKeys(unasked, ["requestId", "timestamp", "sessionId", "status", "response"])
  })

  it("leaves out the model and the tokens that the chatbot did not tell", () => {
    const { model: _, tokens: __, ...untold } = responseEvent()
    for (const response of [untold, { ...untold, tokens: {} }]) {
      const summary = summaryOf(AwaitingQuery.make({ response }))
      assert.doesNotHaveAnyKeys(summary.response!, ["model", "tokens"])
    }
  })

  it("leaves the country out when the edge did not see one", () => {
    const summary = summaryOf(AwaitingResponse.make({ query: queryEvent({ metadata: {} }) }))
    assert.doesNotHaveAnyKeys(summary.query!, ["country"])
  })

  it.prop("is a valid summary of any interaction", [Interaction], ([interaction]) => {
    const summary = summaryOf(interaction)
    assert.deepStrictEqual(Schema.decodeUnknownSync(InteractionSummary)(summary), summary)
    assert.strictEqual(summary.status, interaction.status)
  })
})

describe("The question of a summary", () => {
  it("is whole up to its longest length", () => {
    assert.strictEqual(questionOf("x".repeat(questionLengthMax)), "x".repeat(questionLengthMax))
    assert.strictEqual(questionOf("x".repeat(questionLengthMax + 1)), "x".repeat(questionLengthMax))
  })

  it.prop(
    "is cut between characters, never inside one",
    [
      Arbitrary.array(Arbitrary.schema(Schema.Literals(["a", "é", "日", "👩", "𝒳"])), {
        minLength: 290,
        maxLength: 320
      })
    ],
    ([characters]) => {
      const question = questionOf(characters.join(""))
      assert.isTrue(question.isWellFormed())
      assert.strictEqual(question, characters.slice(0, questionLengthMax).join(""))
    }
  )
})
