/** Answers of any size and shape, which a Worker must read in little memory and time. */
import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { lineLengthMax } from "../../../src/schema/chat/Lines.ts"
import { readChatMessage } from "../../../src/schema/chat/readChatMessage.ts"
import { readLengthMax } from "../../../src/schema/redaction/TextLength.ts"
import { events, json, plain, readIn, unnamed } from "./answers/reading.ts"

const contentTypes = [events, json, plain, "application/x-ndjson", null]

/** Opens this many lists, or objects with one field, and closes them. */
const nested = (depth: number, open: string, close: string, inner = '"x"') =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`

describe("An answer", () => {
  for (const contentType of [plain, "text/markdown", null]) {
    it(`keeps its beginning when it is a long text: ${contentType}`, () => {
      const body = "word ".repeat(lineLengthMax / 4)
      const beginning = body.slice(0, readLengthMax)
      assert.strictEqual(readIn(contentType, [body]).text, beginning)
      const pieces = Array.from({ length: lineLengthMax / 4 }, () => "word ")
      assert.strictEqual(readIn(contentType, pieces).text, beginning)
    })
  }

  it("keeps its beginning when a text only looks like JSON", () => {
    const body = `{ ${"word ".repeat(lineLengthMax / 4)}`
    assert.strictEqual(readIn(plain, [body]).text, body.slice(0, readLengthMax))
  })

  it("is unknown when its JSON is longer than a Worker can hold", () => {
    const body = `{"answer":"${"x".repeat(lineLengthMax)}"}`
    assert.deepInclude(readIn(json, [body]), { text: "", isUnderstood: false })
  })

  it("is read beside sources of half a megabyte", () => {
    const sources = [{ text: "x".repeat(lineLengthMax / 2) }]
    assert.strictEqual(readIn(json, [JSON.stringify({ sources, answer: "Yes." })]).text, "Yes.")
  })

  for (const [name, contentType, begin] of [
    ["an event", events, 'data: {"text":"'],
    ["a line", "application/x-ndjson", '{"text":"'],
    ["a body", json, '{"text":"'],
    ["a text that may be JSON", plain, '{"text":"']
  ] as const) {
    it(`is read in linear time when ${name} comes in very small pieces`, () => {
      const pieces = Array.from({ length: 300_000 }, () => "ab")
      const startedAt = performance.now()
      const { text } = readIn(contentType, [begin, ...pieces, '"}', "\n\n"])
      assert.strictEqual(text.length, readLengthMax)
      assert.isBelow(performance.now() - startedAt, 5000)
    })
  }

  it("may consist of lines of data that no blank line parts", () => {
    const body = 'data: {"text":"Hello "}\ndata: {"text":"world"}\ndata: [DONE]\n'
    assert.strictEqual(readIn(events, [body]).text, "Hello world")
  })

  it("may spread the data of an event over several lines", () => {
    const body = 'event: delta\ndata: {\ndata:   "text":\ndata:   "Hello"\ndata: }\n\n'
    assert.strictEqual(readIn(events, [body]).text, "Hello")
    assert.strictEqual(readIn(events, ["data: one\ndata: two\n\n"]).text, "one\ntwo")
  })

  it("is read whatever ends its lines", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const body = unnamed({ text: "Hello " }, { text: "world" }).replaceAll("\n", end)
      assert.strictEqual(readIn(events, body).text, "Hello world", JSON.stringify(end))
    }
  })

  it("is read without a failure however deep it is nested", () => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"content":', "}"],
      ['{"response":', "}"],
      ['{"choices":[{"delta":', "}]}"],
      ['{"result":', "}"],
      ['{"jsonrpc":"2.0","result":', "}"],
      ['{"data":[', "]}"]
    ] as const) {
      for (const depth of [10, 1000, 50_000]) {
        const body = nested(depth, open, close)
        for (const contentType of contentTypes) readIn(contentType, [body])
        readIn(events, [`data: ${body}\n\n`])
      }
    }
    const deep = { response: JSON.parse(nested(5000, '{"a":', "}")), usage: {} }
    assert.isUndefined(readChatMessage(deep)?.failed)
  })

  it("says nothing of what it holds that has the name of a method", () => {
    for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      for (const key of ["type", "event", "event_type", "object", "role", "status"]) {
        const { text } = readIn(json, [JSON.stringify({ [key]: name, answer: "Yes." })])
        assert.include(["Yes.", ""], text)
      }
    }
  })

  it.prop("is read from any JSON without a failure", [Schema.Json], ([value]) => {
    for (const contentType of contentTypes) {
      assert.isString(readIn(contentType, [JSON.stringify(value)]).text)
    }
    readIn(events, [`event: messages\ndata: ${JSON.stringify([value, value])}\n\n`])
  })

  it.prop("is read from any text without a failure", [Schema.String], ([value]) => {
    for (const contentType of contentTypes) assert.isString(readIn(contentType, value).text)
  })
})
