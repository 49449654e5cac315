import { assert, describe, it } from "@effect/vitest"
import { asksForStream } from "../../../src/programs/edge/answerResponse.ts"

const asks = (accept: string): boolean =>
  asksForStream(new Request("https://cv.example.com/query", { headers: { accept } }))

describe("A stream is asked for", () => {
  it("by its media type, beside others and with a quality", () => {
    for (const accept of [
      "text/event-stream",
      "application/json, text/event-stream",
      "TEXT/Event-Stream;q=0.5",
      "text/event-stream; charset=utf-8; q=0.001, */*;q=0"
    ]) {
      assert.isTrue(asks(accept), accept)
    }
  })

  it("by no other type, and not with a quality of 0", () => {
    for (const accept of [
      "*/*",
      "application/json",
      "text/event-stream;q=0",
      "text/event-stream ; Q = 0.000, application/json",
      "text/event-stream-like",
      "x-text/event-stream"
    ]) {
      assert.isFalse(asks(accept), accept)
    }
  })
})
