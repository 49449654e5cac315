/** A vote of who was answered becomes one event; everything else becomes a problem and none. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { Losses } from "../../../src/programs/recorder/Losses.ts"
import { Policy } from "../../../src/programs/recorder/Policy.ts"
import type { VoteRefused } from "../../../src/programs/recorder/VoteRefused.ts"
import { voteWithinMs } from "../../../src/programs/recorder/VoteToken.ts"
import { jsonBytesMax } from "../../../src/runtime/readJson.ts"
import type { FeedbackEvent } from "../../../src/schema/AnalyticsEvent.ts"
import { messagesIn } from "../../../src/schema/QueueMessage.ts"
import { applyPrivacy, type PrivacyMode } from "../../../src/schema/redaction/Privacy.ts"
import { makeRedactor } from "../../../src/schema/redaction/Redaction.ts"
import { commentLengthMax, ratings, voteReasons } from "../../../src/schema/VoteWords.ts"
import { EventQueue, EventQueueUnavailable } from "../../../src/services/EventQueue.ts"
import { Outbox, OutboxUnavailable } from "../../../src/services/Outbox.ts"
import { askedAt, requestIdOf } from "../../schema/EventExamples.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { jsonHeaders, published, world } from "./Door.ts"
import { tokensOf, voted, voteRequest, votesOn } from "./Votes.ts"

const answered = { requestId: requestIdOf(7), timestamp: askedAt }
const token = await tokensOf().sign(answered)
const foreign = await tokensOf("the secret of another owner, as long").sign(answered)

const vote = (body: object) => voteRequest(JSON.stringify({ token, rating: "up", ...body }))

/** The vote's one event, a minute after the question. */
const takenOf = Effect.fnUntraced(function* (request: Request, nowMs = askedAt + 60_000) {
  yield* TestClock.setTime(nowMs)
  const response = yield* voted(request)
  assert.deepStrictEqual([response.status, response.body], [202, null])
  const [event, ...others] = yield* published
  assert.isEmpty(others)
  return event as FeedbackEvent
})

/** The problem's code, after which no event may have left. */
const refusedFor = Effect.fnUntraced(function* (request: Request, nowMs = askedAt) {
  yield* TestClock.setTime(nowMs)
  const response = yield* voted(request)
  assert.strictEqual(response.headers.get("content-type"), "application/problem+json")
  assert.isEmpty(yield* published)
  const { code, status } = yield* Effect.promise(() => response.json())
  assert.strictEqual(status, response.status)
  return [response.status, code] as const
})

const on = Layer.merge(world, votesOn)

const withPrivacy = (mode: PrivacyMode) =>
  Effect.provideService(Policy, {
    sessionOf: () => assert.fail("a vote has no session"),
    discretionFor: () => applyPrivacy(mode, makeRedactor([]))
  })

describe("A vote", () => {
  for (const rating of ratings) {
    it.effect(`${rating} is an event of the question that its token names`, () =>
      Effect.gen(function* () {
        const { voteId, ...event } = yield* takenOf(vote({ rating }))
        assert.match(voteId, /^[\da-f-]{36}$/)
        assert.deepStrictEqual<unknown>(event, {
          eventType: "feedback",
          schemaVersion: 1,
          requestId: answered.requestId,
          queryTimestamp: askedAt,
          votedAt: askedAt + 60_000,
          rating
        })
      }).pipe(Effect.provide(on))
    )
  }

  for (const reason of voteReasons) {
    it.effect(`may have the reason ${reason} and a comment`, () =>
      Effect.gen(function* () {
        const event = yield* takenOf(vote({ rating: "down", reason, comment: " Not so. " }))
        assert.deepInclude(event, { rating: "down", reason, comment: " Not so. " })
      }).pipe(Effect.provide(on))
    )
  }

  it.effect(
    "that is withdrawn leaves reason and comment behind, and an empty comment is none",
    () =>
      Effect.gen(function* () {
        const said = { reason: "wrong", comment: "Not so." }
        const event = yield* takenOf(vote({ rating: "withdrawn", ...said }))
        assert.notProperty(event, "reason")
        assert.notProperty(event, "comment")
        yield* voted(vote({ comment: " \n " }))
        assert.notProperty((yield* published)[1], "comment")
      }).pipe(Effect.provide(on))
  )

  it.effect("counts until the day of its answer is over", () =>
    takenOf(vote({}), askedAt + voteWithinMs).pipe(Effect.provide(on))
  )

  it.effect("may be changed: each is an event with another id and the Worker's time", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(askedAt)
      for (const rating of ratings) {
        yield* voted(vote({ rating, votedAt: 1, voteId: "mine" }))
        yield* TestClock.adjust(10)
      }
      const events = (yield* published) as ReadonlyArray<FeedbackEvent>
      assert.deepStrictEqual(
        events.map(({ rating, votedAt }) => [rating, votedAt]),
        ratings.map((rating, n) => [rating, askedAt + 10 * n])
      )
      assert.strictEqual(new Set(events.map(({ voteId }) => voteId)).size, ratings.length)
    }).pipe(Effect.provide(on))
  )
})

describe("The comment of a vote", () => {
  const comment =
    "Write to anna@example.org, the key is sk-proj-4711aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789"

  it.effect("is redacted like a question", () =>
    Effect.gen(function* () {
      const event = yield* takenOf(vote({ comment }))
      assert.notInclude(event.comment, "anna@")
      assert.notInclude(event.comment, "4711")
      assert.include(event.comment, "[e-mail]")
    }).pipe(withPrivacy("redacted"), Effect.provide(on))
  )

  for (const mode of ["full", "redacted"] as const) {
    it.effect(`is cut to ${commentLengthMax} characters, in the mode ${mode}`, () =>
      Effect.gen(function* () {
        const event = yield* takenOf(vote({ comment: "<b>no</b> ".repeat(1000) }))
        assert.lengthOf(event.comment ?? "", commentLengthMax)
      }).pipe(withPrivacy(mode), Effect.provide(on))
    )
  }

  it.effect("stays in the Worker where only metrics leave it; rating and reason go", () =>
    Effect.gen(function* () {
      const event = yield* takenOf(vote({ rating: "down", reason: "wrong", comment }))
      assert.deepInclude(event, { rating: "down", reason: "wrong" })
      assert.notProperty(event, "comment")
    }).pipe(withPrivacy("metrics-only"), Effect.provide(on))
  )

  it.effect("stays there with its vote, where nothing may leave", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(askedAt)
      assert.strictEqual((yield* voted(vote({ comment }))).status, 202)
      assert.isEmpty(yield* published)
      const [line] = yield* CapturedLog.CapturedLog
      assert.strictEqual(line?.message, "not recorded")
      assert.notInclude(line?.whole ?? "", "anna")
    }).pipe(
      Effect.provideService(Policy, {
        sessionOf: () => assert.fail("a vote has no session"),
        discretionFor: () => undefined
      }),
      Effect.provide(on)
    )
  )
})

describe("No vote is", () => {
  type Refusal = readonly [number, VoteRefused["code"], () => Request, nowMs?: number]
  const invalid = (body: object): Refusal => [422, "invalid_vote", () => vote(body)]
  const forged = (one: string): Refusal => [403, "vote_refused", () => vote({ token: one })]
  const refusals: Readonly<Record<string, Refusal>> = {
    "a forged token": forged(`${token.slice(0, -43)}${"A".repeat(43)}`),
    "another question's": forged(token.replace(answered.requestId, requestIdOf(8))),
    "a foreign token": forged(foreign),
    "an empty token": forged(""),
    "a token of a megabyte": [413, "body_too_large", () => vote({ token: "v1.".repeat(350_000) })],
    "a token after its day": [403, "vote_refused", () => vote({}), askedAt + voteWithinMs + 1],
    "a token from tomorrow": [403, "vote_refused", () => vote({}), askedAt - voteWithinMs],
    "a body without a token": invalid({ token: undefined }),
    "a body with a token that is no text": invalid({ token: [token] }),
    "a body without a rating": invalid({ rating: undefined }),
    "an unknown rating": invalid({ rating: "sideways" }),
    "an inherited name as a rating": invalid({ rating: "constructor" }),
    "an unknown reason": invalid({ rating: "down", reason: "because" }),
    "a comment that is no text": invalid({ comment: { length: 1 } }),
    "a comment of a megabyte": [
      413,
      "body_too_large",
      () => vote({ comment: "x".repeat(1_048_576) })
    ],
    "a body over the limit": [
      413,
      "body_too_large",
      () => voteRequest(JSON.stringify({ token, rating: "up" }).padEnd(jsonBytesMax + 1))
    ],
    "no JSON": [400, "malformed_json", () => voteRequest('{"token":')],
    "no body": [400, "malformed_json", () => voteRequest(null)],
    "no UTF-8": [400, "malformed_json", () => voteRequest(Uint8Array.of(0x7b, 0xc3, 0x28))],
    "a list": [422, "invalid_vote", () => voteRequest("[]")],
    "a null": [422, "invalid_vote", () => voteRequest("null")],
    "another type of body": [
      415,
      "unsupported_media_type",
      () => voteRequest("{}", { "content-type": "text/plain" })
    ],
    "a GET": [405, "method_not_allowed", () => voteRequest(null, {}, "GET")],
    "a DELETE": [405, "method_not_allowed", () => voteRequest(null, {}, "DELETE")]
  }
  for (const [name, [status, code, request, nowMs]] of Object.entries(refusals)) {
    it.effect(`${name}: ${status} ${code}`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* refusedFor(request(), nowMs), [status, code])
      }).pipe(Effect.provide(on))
    )
  }

  it.effect("taken where the owner has set no secret: 404 votes_off", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* refusedFor(vote({})), [404, "votes_off"])
    }).pipe(Effect.provide(world))
  )

  it.effect("waited for longer than ten seconds: 408 request_timeout", () =>
    Effect.gen(function* () {
      const never = voteRequest(new ReadableStream<Uint8Array>())
      const refused = yield* Effect.forkChild(voted(never))
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual((yield* Fiber.join(refused)).status, 408)
      assert.isEmpty(yield* published)
    }).pipe(Effect.provide(on))
  )
})

describe("A page", () => {
  const origin = { origin: "https://elsewhere.example" }

  it.effect("of any origin may send a vote, because only the token admits it", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(askedAt)
      const asked = yield* voted(voteRequest(null, origin, "OPTIONS"))
      assert.strictEqual(asked.status, 204)
      assert.strictEqual(asked.headers.get("access-control-allow-methods"), "POST")
      assert.strictEqual(asked.headers.get("access-control-allow-headers"), "content-type")
      const body = JSON.stringify({ token, rating: "up" })
      const taken = yield* voted(voteRequest(body, { ...jsonHeaders, ...origin }))
      const refused = yield* voted(voteRequest("{", { ...jsonHeaders, ...origin }))
      for (const { headers } of [asked, taken, refused]) {
        assert.strictEqual(headers.get("access-control-allow-origin"), "*")
      }
      assert.deepStrictEqual([taken.status, refused.status], [202, 400])
    }).pipe(Effect.provide(on))
  )
})

describe("A vote that the queue does not take", () => {
  const down = Layer.succeed(
    EventQueue,
    EventQueue.of({
      publish: (messages) =>
        new EventQueueUnavailable({
          detail: "down",
          deduplicationIds: messages.map(({ deduplicationId }) => deduplicationId)
        })
    })
  )
  const around = (outbox: Layer.Layer<Outbox>) =>
    Layer.mergeAll(down, outbox, Losses.layer, CapturedLog.layer, votesOn)

  it.effect("is kept in the outbox", () => {
    const kept: Array<unknown> = []
    const outbox = Layer.succeed(
      Outbox,
      Outbox.of({ put: (messages) => Effect.sync(() => void kept.push(messages)) })
    )
    return Effect.gen(function* () {
      yield* TestClock.setTime(askedAt)
      assert.strictEqual((yield* voted(vote({ rating: "down" }))).status, 202)
      const [{ body = "", deduplicationId = "" } = {}] = messagesIn(kept[0]) ?? []
      assert.include(body, '"rating":"down"')
      assert.match(deduplicationId, new RegExp(`^${answered.requestId}:feedback:[\\da-f-]{36}$`))
    }).pipe(Effect.provide(around(outbox)))
  })

  it.effect("nor the outbox is counted as lost, and the visitor is not told", () => {
    const outbox = Layer.succeed(
      Outbox,
      Outbox.of({ put: () => new OutboxUnavailable({ detail: "full" }) })
    )
    return Effect.gen(function* () {
      yield* TestClock.setTime(askedAt)
      assert.strictEqual((yield* voted(vote({}))).status, 202)
      assert.strictEqual((yield* Losses).untold, 1)
    }).pipe(Effect.provide(around(outbox)))
  })
})
