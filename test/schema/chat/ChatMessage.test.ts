import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { readChatMessage } from "../../../src/schema/chat/ChatMessage.ts"
import { readChatQuestion } from "../../../src/schema/chat/readChatQuestion.ts"

const text = "PostgreSQL."

/** An answer in each shape, with what the shape says beside the text. */
const shapes: ReadonlyArray<readonly [string, unknown, object]> = [
  [
    "a chat completion",
    {
      model: "gpt-5-2025-08-07",
      choices: [{ message: { role: "assistant", content: text }, finish_reason: "stop" }],
      usage: {
        prompt_tokens: 100,
        completion_tokens: 20,
        prompt_tokens_details: { cached_tokens: 64 },
        completion_tokens_details: { reasoning_tokens: 8 }
      }
    },
    {
      model: "gpt-5-2025-08-07",
      tokens: { input: 100, output: 20, cachedInput: 64, reasoning: 8 }
    }
  ],
  [
    "a chunk of a chat completion",
    { model: "gpt-5", choices: [{ delta: { content: text } }], usage: null },
    { model: "gpt-5" }
  ],
  ["content in parts", { choices: [{ message: { content: [{ text }, { text: "" }] } }] }, {}],
  [
    "a Workers AI answer",
    { response: text, usage: { prompt_tokens: 9, completion_tokens: 2 } },
    { tokens: { input: 9, output: 2 } }
  ],
  ["a delta of the Responses interface", { type: "response.output_text.delta", delta: text }, {}],
  [
    "a message of the Messages interface",
    {
      model: "claude-haiku-4-5",
      content: [{ type: "text", text }],
      usage: { input_tokens: 7, output_tokens: 3, cache_read_input_tokens: 5 }
    },
    { model: "claude-haiku-4-5", tokens: { input: 7, output: 3, cachedInput: 5 } }
  ],
  [
    "a delta of the Messages interface",
    { type: "content_block_delta", delta: { type: "text_delta", text } },
    {}
  ],
  [
    "our own answer",
    { answer: text, matchType: "partial", matchScore: 0.4 },
    { matchType: "partial", matchScore: 0.4 }
  ]
]

describe("A chatbot's answer", () => {
  for (const [name, json, known] of shapes) {
    it(`is read from ${name}`, () => assert.deepStrictEqual(readChatMessage(json), { text, known }))
  }

  it("leaves out invalid numbers and ratings", () => {
    const json = {
      answer: text,
      model: "",
      matchType: "perfect",
      matchScore: 7,
      usage: { prompt_tokens: -1, completion_tokens: "3" }
    }
    assert.deepStrictEqual(readChatMessage(json), { text, known: {} })
  })

  it.prop("is read from any JSON without a failure", [Schema.Json], ([json]) => {
    const { text: read, known } = readChatMessage(json)
    assert.isString(read)
    assert.isObject(known)
  })
})

describe("A chatbot's question", () => {
  for (const [name, json] of [
    ["a query", { query: text }],
    ["a message beside a history", { message: text, history: [] }],
    [
      "the last message of the user",
      {
        messages: [
          { role: "user", content: "Hello?" },
          { role: "user", content: text },
          { role: "assistant", content: "Yes?" }
        ]
      }
    ],
    [
      "a message in parts",
      {
        messages: [{ role: "user", content: [{ type: "image" }, { type: "text", text }] }]
      }
    ]
  ] as const) {
    it(`is read from ${name}`, () => assert.strictEqual(readChatQuestion(json), text))
  }

  for (const json of [null, 7, [], {}, { messages: "?" }, { messages: [{ role: "system" }] }]) {
    it(`is none in ${JSON.stringify(json)}`, () => assert.isUndefined(readChatQuestion(json)))
  }
})
