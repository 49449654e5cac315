import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import * as InteractionStoreMemory from "../../../src/layers/InteractionStoreMemory.ts"
import {
  AnalyticsEvent,
  decodeMessage,
  FeedbackEvent,
  InteractionEvent,
  Metadata,
  SessionId
} from "../../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../../src/schema/EventText.ts"
import { correlate, interactionKey } from "../../../src/schema/Interaction.ts"
import { summaryOf } from "../../../src/schema/InteractionSummary.ts"
import { periodOf, WeekId } from "../../../src/schema/IsoWeek.ts"
import {
  applyPrivacy,
  type PrivacyMode,
  privacyModes
} from "../../../src/schema/redaction/Privacy.ts"
import { makeRedactor } from "../../../src/schema/redaction/Redaction.ts"
import { commentLengthMax } from "../../../src/schema/VoteWords.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { feedbackEvent, queryEvent, requestIdOf, responseEvent } from "../EventExamples.ts"
import { zone } from "../report/WeeklyExamples.ts"

const modeOf = (mode: PrivacyMode) => applyPrivacy(mode, makeRedactor([]))
const [full, redacted, metricsOnly] = privacyModes.map(modeOf) as [
  ReturnType<typeof modeOf>,
  ReturnType<typeof modeOf>,
  ReturnType<typeof modeOf>
]

const personal = "anna@example.org"

/** Personal in each field that can hold a text. */
const revealing = [
  queryEvent({
    query: `I am ${personal}`,
    sessionId: SessionId.make(personal),
    metadata: {
      ...Object.fromEntries(Object.keys(Metadata.fields).map((name) => [name, `x ${personal}`])),
      referer: `https://anna:pw@news.example/for/${personal}?to=bo@example.org#bo@example.org`,
      own: true,
      lostBefore: 2
    }
  }),
  responseEvent({
    response: `You are ${personal}`,
    sessionId: SessionId.make(personal),
    model: `model of ${personal}`
  })
] as const

const revealingVote = feedbackEvent({ rating: "down", comment: `Ask ${personal}` })

describe("In the full mode", () => {
  it.prop("an event leaves as it is", [AnalyticsEvent], ([event]) => {
    assert.strictEqual(full(event), event)
  })
})

describe("In the redacted mode", () => {
  it("no field of either event keeps personal data", () => {
    for (const event of [...revealing, revealingVote]) {
      const message = encodeMessage(redacted(event))
      for (const secret of [personal, "bo@", "pw@"]) assert.notInclude(message, secret)
    }
    assert.include(encodeMessage(redacted(revealing[0])), '"query":"I am [e-mail]"')
    assert.include(encodeMessage(redacted(revealing[1])), '"response":"You are [e-mail]"')
    assert.include(encodeMessage(redacted(revealingVote)), '"comment":"Ask [e-mail]"')
  })

  it("a referrer keeps its page, without credentials, parameters and fragment", () => {
    const refererOf = (referer: string) => {
      const event = redacted(queryEvent({ metadata: { referer } }))
      return event.eventType === "query" ? event.metadata.referer : undefined
    }
    assert.strictEqual(refererOf("https://a:b@news.example/x/y?q=1#z"), "https://news.example/x/y")
    assert.strictEqual(refererOf("https://news.example#a@b"), "https://news.example")
    assert.strictEqual(refererOf("https://a@b:c@news.example/@x"), "https://news.example/@x")
    assert.strictEqual(refererOf("nonsense?q=1"), "nonsense")
    assert.strictEqual(
      refererOf("https://news.example/anna@example.org"),
      "https://news.example/[e-mail]"
    )
  })

  it("a referrer keeps no code of a link that was sent to its reader", () => {
    const refererOf = (referer: string) => {
      const event = redacted(queryEvent({ metadata: { referer } }))
      return event.eventType === "query" ? event.metadata.referer : undefined
    }
    for (const [page, code] of [
      ["reset", "8f3a9c7d2e1b"],
      ["account/password-reset", "MQ/5xx-9c0d1e2f3a4b5c6d"],
      ["verify-email", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"],
      ["u", "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA"]
    ]) {
      assert.strictEqual(
        refererOf(`https://a.example/${page}/${code}`),
        `https://a.example/${page}/[key]`
      )
    }
    assert.strictEqual(refererOf("https://a.example/x;jsessionid=1A/y"), "https://a.example/x/y")
    for (const page of ["blog/2024/how-to-reset-a-router-in-5-minutes", "reset/password"]) {
      assert.strictEqual(refererOf(`https://a.example/${page}`), `https://a.example/${page}`)
    }
  })

  it("a session of 16 to 18 digits is no card, while a text with such a number loses it", () => {
    for (const number of ["4111111111111111", "42424242424242426", "621700123456789019"]) {
      const sessionId = SessionId.make(number)
      assert.strictEqual(redacted(queryEvent({ sessionId })).sessionId, number)
    }
    const event = redacted(queryEvent({ query: "4111111111111111" }))
    assert.propertyVal(event, "query", "[card]")
  })

  it("a session that names someone is the request's own, in both events", () => {
    const sessions = revealing.map((event) => redacted(event).sessionId)
    assert.deepStrictEqual(sessions, new Array(2).fill(requestIdOf(1)))
    assert.strictEqual(redacted(queryEvent()).sessionId, "session-1")
  })
})

describe("A text that is too long", () => {
  const lengthMax = 100
  const written = (mode: PrivacyMode, text: string) => {
    const apply = applyPrivacy(mode, makeRedactor([]), lengthMax)
    const query = apply(queryEvent({ query: text }))
    const response = apply(responseEvent({ response: text }))
    assert.strictEqual(
      query.eventType === "query" ? query.query : "",
      response.eventType === "response" ? response.response : ""
    )
    return query.eventType === "query" ? query.query : ""
  }

  it("is cut after redaction, so that no half of a value is left", () => {
    for (const value of [personal, "4111 1111 1111 1111", `sk${"-proj-"}Ab1${"x7".repeat(40)}`]) {
      for (let length = lengthMax - value.length - 2; length <= lengthMax + 2; length++) {
        const text = `${"x".repeat(length)} ${value} and more`
        const kept = written("redacted", text)
        assert.isAtMost(kept.length, lengthMax)
        assert.match(kept, /^x+ ?(?:\[(?:[a-z-]+(?:\](?: [a-z ]*)?)?)?)?$/)
      }
    }
  })

  it("is cut as it is in the full mode, and between characters", () => {
    assert.strictEqual(written("full", `${"x".repeat(99)}👋`), "x".repeat(99))
    assert.strictEqual(written("redacted", `${"x".repeat(99)}👋`), "x".repeat(99))
    assert.strictEqual(written("full", "x".repeat(100)), "x".repeat(100))
  })
})

describe("In the metrics-only mode", () => {
  it("no text of a question or an answer leaves, and only the site of the referrer", () => {
    const [query, response] = revealing.map((event) => metricsOnly(event))
    assert.deepInclude(query, { query: "", text: "withheld" })
    assert.deepInclude(response, { response: "", text: "withheld" })
    assert.strictEqual(
      query?.eventType === "query" ? query.metadata.referer : "",
      "https://news.example"
    )
    for (const event of [query, response]) assert.notInclude(JSON.stringify(event), personal)
  })

  it.effect("a request is still correlated, stored and summarised, as one without a text", () =>
    Effect.gen(function* () {
      const store = yield* InteractionStore
      const [query, response] = [metricsOnly(queryEvent()), metricsOnly(responseEvent())]
      const whole = correlate(correlate(undefined, response), query)
      yield* store.record(whole)
      assert.deepStrictEqual(yield* store.get(interactionKey(whole)), Option.some(whole))
      const period = periodOf(WeekId.make("2026-W47"), zone)
      const [summary] = yield* Stream.runCollect(store.summaries(period))
      assert.deepStrictEqual(summary, summaryOf(whole))
      assert.deepNestedInclude(summary, { "query.question": "", "response.matchType": "full" })
    }).pipe(Effect.provide(InteractionStoreMemory.layer))
  )
})

describe("In every mode", () => {
  it.prop(
    "an event decodes, and is the same when it is made private again",
    [AnalyticsEvent],
    ([event]) => {
      for (const apply of [full, redacted, metricsOnly]) {
        const once = apply(event)
        assert.isTrue(Result.isSuccess(decodeMessage(encodeMessage(once))))
        assert.deepStrictEqual(apply(once), once)
      }
    }
  )

  it.prop("a vote keeps all but its comment", [FeedbackEvent], ([event]) => {
    const { comment: _, ...kept } = event
    assert.deepStrictEqual(metricsOnly(event), kept)
    for (const apply of [full, redacted]) assert.deepInclude(apply(event), kept)
  })

  it("a comment stays within its length, whatever its labels need", () => {
    const comment = "a@b.se ".repeat(72).slice(0, commentLengthMax)
    for (const apply of [full, redacted]) {
      for (const long of [comment, comment.repeat(3), "😀".repeat(commentLengthMax)]) {
        const once = apply({ ...feedbackEvent(), comment: long })
        assert.isAtMost(once.comment?.length ?? 0, commentLengthMax)
        assert.isTrue(once.comment?.isWellFormed())
        assert.deepStrictEqual(apply(once), once)
      }
    }
  })

  it.prop("an event keeps its request, times, match and tokens", [InteractionEvent], ([event]) => {
    for (const apply of [redacted, metricsOnly]) {
      const once = apply(event)
      const { eventType, requestId, timestamp } = event
      assert.deepInclude(once, { eventType, requestId, timestamp })
      if (event.eventType === "query") continue
      const { matchScore, matchType, outcome, processingTimeMs, queryTimestamp, tokens } = event
      const told = {
        ...(matchScore === undefined ? {} : { matchScore }),
        ...(tokens === undefined ? {} : { tokens })
      }
      const kept = { ...told, matchType, outcome, processingTimeMs, queryTimestamp }
      assert.deepInclude(once, kept)
    }
  })
})
