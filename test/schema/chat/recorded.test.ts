/** The bodies of real packages, byte for byte, beside what must be read from them. */
import { readdirSync, readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { readChatQuestion } from "../../../src/schema/chat/readChatQuestion.ts"
import { readConversation } from "../../../src/schema/chat/readConversation.ts"
import { type Read, reads } from "./answers/reading.ts"
import type { Recording } from "./fixtures/Recording.ts"

const folder = new URL("fixtures/recorded/", import.meta.url)
const recordings: ReadonlyArray<Recording> = readdirSync(folder).map((file) =>
  JSON.parse(readFileSync(new URL(file, folder), "utf8"))
)

const both = { input: 11, output: 5 }
const twice = { input: 22, output: 10 }
const untold: Read = {}
const failed: Read = { failed: true }
const aiSdk = (model: string, tokens: object, stepTokens: object) => ({
  text: untold,
  chat: { known: { model, tokens: { ...both, ...tokens } } },
  "chat without metadata": untold,
  "chat with a tool": { known: { model, tokens: { ...twice, ...stepTokens } } },
  "chat that fails": failed
})
const cached = { reasoning: 2, cachedInput: 4 }
const cachedTwice = { reasoning: 4, cachedInput: 8 }
const detailed = aiSdk("model-1", { ...cached, cacheWrites: 3 }, { ...cachedTwice, cacheWrites: 6 })
const gpt = { model: "gpt-5-mini-2025-08-07" }
const langChain: Read = { known: { model: "model-1", tokens: { ...both, ...cached } } }

/** The text is "Hello world" unless a line says otherwise, and the facts are those of the line. */
const expected: Readonly<Record<string, Readonly<Record<string, Read>>>> = {
  "ai@4": {
    text: untold,
    chat: { known: { tokens: both } },
    "chat without metadata": { known: { tokens: both } },
    "chat with a tool": { known: { tokens: twice } },
    "chat that fails": { text: "Hello ", ...failed }
  },
  "ai@5": aiSdk("model-1", cached, cachedTwice),
  "ai@6": detailed,
  "ai@7": detailed,
  "openai@7": {
    "chat stream": { known: { ...gpt, tokens: both } },
    "chat helper": { known: { ...gpt, tokens: both } },
    "responses stream": { known: { ...gpt, tokens: { ...both, ...cached } } }
  },
  "@langchain/core@1": {
    message: langChain,
    fields: langChain,
    chunks: untold,
    events: untold
  },
  "hono@4": {
    "a streamed text": untold,
    "a stream": untold,
    "events of words": untold,
    "named events": untold,
    "events that fail": { text: "Hel", ...failed }
  }
}

const majorOf = (name: string): string => name.replace(/\..*/, "")

/** The question and the turn of each request; a follow-up of a tool asks none. */
const asked: Readonly<Record<string, readonly [string | undefined, number | undefined]>> = {
  first: ["Hello?", 1],
  second: ["And then?", 2],
  regenerated: [undefined, 1],
  "result of a tool": [undefined, undefined],
  chat: ["Hello?", 1],
  responses: ["Hello?", undefined]
}

describe("The recordings", () => {
  it("are those that the tests expect", () =>
    assert.sameMembers(
      recordings.map((one) => majorOf(one.package)),
      Object.keys(expected)
    ))
})

for (const { answers, package: name, requests } of recordings) {
  describe(`An answer of ${name}`, () => {
    const of = expected[majorOf(name)] ?? {}
    it("is one of those that are expected", () =>
      assert.sameMembers(Object.keys(answers), Object.keys(of)))
    for (const [each, { body, contentType }] of Object.entries(answers)) {
      reads(`is read: ${each}`, contentType, body, of[each])
    }
  })

  if (Object.keys(requests).length === 0) continue
  describe(`A request of ${name}`, () => {
    for (const [each, body] of Object.entries(requests)) {
      it(`is read: ${each}`, () => {
        const json: unknown = JSON.parse(body)
        const { conversationId, turn } = readConversation(json)
        assert.deepStrictEqual([readChatQuestion(json), turn], asked[each])
        assert.strictEqual(conversationId, name.startsWith("ai@") ? "chat-7f3a9c" : undefined)
      })
    }
  })
}
