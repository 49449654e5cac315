import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { decodeMessage, FeedbackEvent, InteractionEvent } from "../../src/schema/AnalyticsEvent.ts"
import { ownEventIn } from "../../src/schema/EventText.ts"
import { bytesOf, fitted, messageOf, messagesIn } from "../../src/schema/QueueMessage.ts"
import { feedbackEvent, queryEvent, requestIdOf, responseEvent } from "./EventExamples.ts"
import { hostileValues } from "./HostileValues.ts"

const newer = { groupId: "g", deduplicationId: "g:9", body: '{"schemaVersion":9}' }

describe("A message of the queue", () => {
  it.prop(
    "holds its event's text, and the ids by which the queue goes",
    [InteractionEvent],
    ([event]) => {
      const { body, deduplicationId, groupId } = messageOf(event)
      assert.strictEqual(groupId, event.requestId)
      assert.strictEqual(deduplicationId, `${event.requestId}:${event.eventType}`)
      assert.isTrue(Result.isSuccess(decodeMessage(body)))
      assert.deepStrictEqual(ownEventIn(body), JSON.parse(body))
    }
  )

  it.prop("of a vote has the vote's own id", [FeedbackEvent], ([vote]) => {
    const { body, deduplicationId, groupId } = messageOf(vote)
    assert.strictEqual(groupId, vote.requestId)
    assert.strictEqual(deduplicationId, `${vote.requestId}:feedback:${vote.voteId}`)
    assert.isTrue(Result.isSuccess(decodeMessage(body)))
    // a small message is never cut, so nothing has to read it
    assert.isUndefined(ownEventIn(body))
    assert.isBelow(bytesOf(body), 4096)
  })

  it("is read from JSON as it was kept, whatever its text is", () => {
    const kept = [
      messageOf(queryEvent()),
      messageOf(responseEvent()),
      messageOf(feedbackEvent()),
      newer
    ]
    assert.deepStrictEqual(messagesIn(JSON.parse(JSON.stringify(kept))), kept)
  })

  it("is read from no JSON with a part that is none", () => {
    for (const part of [null, 7, "text", {}, { ...newer, body: "" }, { ...newer, groupId: 7 }]) {
      assert.isUndefined(messagesIn([newer, part]))
    }
    for (const value of [...hostileValues, undefined, [], { 0: newer, length: 1 }]) {
      assert.isUndefined(messagesIn(value))
    }
  })
})

describe("A text of the queue", () => {
  it("is no event of this version when any other Worker wrote it", () => {
    for (const value of [
      ...hostileValues,
      { ...queryEvent(), schemaVersion: 2 },
      { ...queryEvent(), eventType: "vote" },
      { ...queryEvent(), query: 7 },
      { ...responseEvent(), response: undefined },
      { ...responseEvent(), model: 7 }
    ]) {
      assert.isUndefined(ownEventIn(JSON.stringify(value) ?? ""))
    }
    assert.isUndefined(ownEventIn("{half"))
  })
})

describe("A message that is too large for its place", () => {
  const sizeOf = ({ body }: { readonly body: string }) => bytesOf(body)

  it("is cut at its text, and still decodes", () => {
    for (const text of ["長".repeat(90_000), '"\\'.repeat(90_000), "\uFFFE".repeat(60_000)]) {
      const requestId = requestIdOf(1)
      for (const event of [
        queryEvent({ requestId, query: text }),
        responseEvent({ requestId, response: text })
      ]) {
        const cut = fitted(messageOf(event), 100_000, sizeOf)
        assert.isAtMost(sizeOf(cut), 100_000)
        assert.include(cut.body, "[cut: ")
        assert.isTrue(Result.isSuccess(decodeMessage(cut.body)))
      }
    }
  })

  it("stays whole when this version cannot read it, or when it fits", () => {
    const long = { ...newer, body: JSON.stringify({ schemaVersion: 9, said: "x".repeat(1000) }) }
    assert.strictEqual(fitted(long, 100, sizeOf), long)
    const short = messageOf(queryEvent())
    assert.strictEqual(fitted(short, 100_000, sizeOf), short)
  })
})
