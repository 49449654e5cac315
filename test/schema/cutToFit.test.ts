import { assert, describe, it } from "@effect/vitest"
import { cutToFit } from "../../src/schema/cutToFit.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { fitted, messageOf } from "../../src/schema/QueueMessage.ts"
import { queryEvent, responseEvent } from "./EventExamples.ts"

const within = (sizeMax: number) => ({
  write: encodeMessage,
  sizeOf: (text: string) => text.length,
  sizeMax
})

describe("An event that has to fit", () => {
  it("is written as it is when it does", () => {
    const text = encodeMessage(queryEvent())
    const { cut, written } = cutToFit(queryEvent(), within(text.length))
    assert.deepStrictEqual([cut, written], [false, text])
  })

  it("keeps its question when shorter details are enough", () => {
    const event = queryEvent({ metadata: { referer: "r".repeat(9000) } })
    const { cut, written } = cutToFit(event, within(3000))
    assert.isTrue(cut)
    assert.include(written, event.query)
    assert.include(written, "[cut: 1024 of 9000 characters kept]")
  })

  it("is told with its first length when it is cut a second time", () => {
    const once = cutToFit(responseEvent({ response: "a".repeat(9000) }), within(3000)).written
    const again = cutToFit(JSON.parse(once), within(1000)).written
    assert.match(again, /a\\n\[cut: \d+ of 9000 characters kept\]"/)
    assert.strictEqual(again.split("[cut:").length, 2)
    assert.isAtMost(again.length, 1000)
  })

  it("ends without its text where not even the rest fits", () => {
    const { cut, written } = cutToFit(queryEvent({ query: "q".repeat(500) }), within(10))
    assert.isTrue(cut)
    assert.include(written, "[cut: 0 of 500 characters kept]")
  })
})

describe("A message that has to fit", () => {
  it("is cut whether or not its chatbot told a model", () => {
    const { model: _, tokens: __, ...untold } = responseEvent({ response: "a".repeat(9000) })
    for (const event of [untold, { ...untold, model: "m" }]) {
      const { body } = fitted(messageOf(event), 3000, ({ body: text }) => text.length)
      assert.include(body, "of 9000 characters kept]")
      assert.isAtMost(body.length, 3000)
    }
  })
})
