import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { readChatQuestion } from "../../../src/schema/chat/readChatQuestion.ts"

const text = "What do you cost?"
const user = { role: "user", content: text }
const greeting = { role: "user", content: "Hello?" }
const reply = { role: "assistant", content: "Hi, how can I help?" }
const call = { id: "c", type: "function", function: { name: "find", arguments: "{}" } }
const picture = `data:image/png;base64,${"A".repeat(200_000)}`

/** Requests as the libraries and widgets send them. */
const requests: ReadonlyArray<readonly [string, unknown]> = [
  [
    "chat completions",
    { model: "m", messages: [{ role: "system", content: "s" }, user], stream: true }
  ],
  [
    "chat completions with a picture",
    {
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text },
            { type: "image_url", image_url: { url: picture } }
          ]
        }
      ]
    }
  ],
  [
    "chat completions whose instructions come last",
    { messages: [user, { role: "developer", content: "s" }] }
  ],
  ["the Responses interface", { model: "gpt-5", input: text }],
  [
    "the Responses interface with a list",
    {
      input: [greeting, { type: "message", role: "user", content: [{ type: "input_text", text }] }]
    }
  ],
  ["a thread of an assistant", { role: "user", content: text }],
  ["a run of an assistant", { assistant_id: "a", additional_messages: [user] }],
  [
    "Anthropic",
    {
      max_tokens: 1,
      messages: [greeting, reply, { role: "user", content: [{ type: "text", text }] }]
    }
  ],
  [
    "Anthropic with words put into the model's mouth",
    { messages: [user, { role: "assistant", content: "{" }] }
  ],
  ["Gemini", { contents: [{ role: "user", parts: [{ text }] }] }],
  [
    "Gemini without a role",
    { contents: [{ parts: [{ inlineData: { data: picture } }, { text }] }] }
  ],
  ["Gemini's library", { model: "gemini-2.5-flash", contents: text }],
  ["Bedrock", { messages: [{ role: "user", content: [{ text }] }] }],
  ["Titan", { inputText: text }],
  ["Cohere", { message: text, chat_history: [{ role: "USER", message: "Hello?" }] }],
  ["Hugging Face", { inputs: text, parameters: {} }],
  ["AI SDK 4", { id: "c", messages: [{ ...user, parts: [{ type: "text", text }] }] }],
  [
    "AI SDK 5",
    {
      id: "c",
      trigger: "submit-message",
      messages: [
        { id: "1", role: "user", parts: [{ type: "text", text: "Hello?" }] },
        {
          id: "2",
          role: "assistant",
          parts: [{ type: "step-start" }, { type: "text", text: "Hi" }]
        },
        {
          id: "3",
          role: "user",
          parts: [
            { type: "file", mediaType: "image/png", url: picture },
            { type: "text", text }
          ]
        }
      ]
    }
  ],
  [
    "AI SDK with the last message alone",
    { id: "c", message: { id: "1", role: "user", parts: [{ type: "text", text }] } }
  ],
  ["useCompletion of the AI SDK", { prompt: text }],
  ["useObject of the AI SDK", { prompt: [user] }],
  ["LangServe", { input: { question: text, chat_history: [] }, config: {} }],
  ["LangServe with a text", { input: text, config: {}, kwargs: {} }],
  ["LangServe with messages", { input: { messages: [{ type: "human", content: text }] } }],
  [
    "LangServe with pairs",
    {
      input: [
        ["human", "Hello?"],
        ["ai", "Hi"],
        ["human", text]
      ]
    }
  ],
  [
    "LangGraph",
    {
      assistant_id: "a",
      input: { messages: [{ role: "human", content: text }] },
      stream_mode: ["messages"]
    }
  ],
  [
    "LangChain's own form",
    {
      messages: [
        {
          lc: 1,
          type: "constructor",
          id: ["langchain", "schema", "HumanMessage"],
          kwargs: { content: text }
        }
      ]
    }
  ],
  ["Dify", { inputs: {}, query: text, response_mode: "streaming", user: "abc" }],
  ["a workflow of Dify", { inputs: { query: text }, response_mode: "blocking", user: "abc" }],
  ["Flowise", { question: text, overrideConfig: { sessionId: "x" } }],
  ["n8n", { action: "sendMessage", sessionId: "s", chatInput: text }],
  ["Rasa", { sender: "u", message: text }],
  ["Voiceflow", { action: { type: "text", payload: text } }],
  ["tRPC", { json: { message: text } }],
  ["tRPC in a batch", { 0: { json: { messages: [greeting, reply, user] } } }],
  [
    "GraphQL",
    { query: "mutation Ask($q: String!) { ask(q: $q) { answer } }", variables: { question: text } }
  ],
  [
    "Agent2Agent",
    {
      jsonrpc: "2.0",
      id: 1,
      method: "message/stream",
      params: {
        message: { kind: "message", role: "user", messageId: "m", parts: [{ kind: "text", text }] }
      }
    }
  ],
  [
    "a later Agent2Agent",
    {
      jsonrpc: "2.0",
      id: 1,
      method: "SendMessage",
      params: { message: { role: "ROLE_USER", parts: [{ text }] } }
    }
  ],
  ...[
    "query",
    "question",
    "prompt",
    "message",
    "input",
    "text",
    "q",
    "content",
    "msg",
    "userMessage"
  ].map(
    (name) => [`a field called ${name}`, { [name]: text, history: [greeting, reply] }] as const
  ),
  ["an envelope", { data: { message: text } }],
  [
    "a list of messages of one's own making",
    {
      messages: [
        { sender: "bot", text: "Hi" },
        { sender: "user", text }
      ]
    }
  ],
  ["a list alone", [greeting, reply, user]],
  ["a list of texts", { messages: ["Hello?", text] }],
  ["a message beside an empty field", { text: "", messages: [user] }],
  ["a message beside instructions", { prompt: "You are a helpful assistant", messages: [user] }],
  ["a message beside the history before it", { message: text, messages: [greeting, reply] }],
  [
    "a message after a tool was used",
    { message: text, messages: [greeting, { role: "assistant", parts: [{ type: "tool-find" }] }] }
  ]
]

/** Requests without a new question. */
const others: ReadonlyArray<readonly [string, unknown]> = [
  [
    "a tool's result",
    { messages: [user, { role: "assistant", tool_calls: [call] }, { role: "tool", content: "42" }] }
  ],
  [
    "a tool's result of Anthropic",
    {
      messages: [
        user,
        { role: "assistant", content: [{ type: "tool_use" }] },
        { role: "user", content: [{ type: "tool_result", content: "42" }] }
      ]
    }
  ],
  [
    "a tool's result of Gemini",
    {
      contents: [
        { role: "user", parts: [{ text }] },
        { role: "user", parts: [{ functionResponse: { name: "find" } }] }
      ]
    }
  ],
  [
    "a tool's result of Responses",
    { input: [user, { type: "function_call_output", call_id: "c", output: "42" }] }
  ],
  [
    "a tool's result of Bedrock",
    { messages: [user, { role: "user", content: [{ toolResult: { content: [{ text: "42" }] } }] }] }
  ],
  [
    "a tool's result of the AI SDK",
    {
      id: "c",
      messages: [
        user,
        { role: "assistant", parts: [{ type: "tool-find", state: "output-available", output: 42 }] }
      ]
    }
  ],
  [
    "a tool's result of AI SDK 4",
    { messages: [user, { role: "assistant", content: "", toolInvocations: [{ state: "result" }] }] }
  ],
  [
    "a regenerated answer of the AI SDK",
    { id: "c", messages: [user], trigger: "regenerate-message", messageId: "m" }
  ],
  ["a regenerated answer", { message: text, regenerate: true }],
  [
    "a step of LangGraph that goes on",
    { assistant_id: "a", input: null, command: { resume: true } }
  ],
  [
    "another method of JSON-RPC",
    { jsonrpc: "2.0", id: 1, method: "tools/call", params: { message: text } }
  ],
  ["an answer", { role: "assistant", content: text }],
  [
    "a webhook's event",
    { id: "evt_1", object: "event", type: "charge.failed", message: "Declined" }
  ],
  ["a loaded session of n8n", { action: "loadPreviousSession", sessionId: "s" }]
]

describe("A chatbot's question", () => {
  for (const [name, body] of requests) {
    it(`is read from ${name}`, () => assert.strictEqual(readChatQuestion(body), text))
  }

  for (const [name, body] of others) {
    it(`is none in ${name}`, () => assert.isUndefined(readChatQuestion(body)))
  }

  for (const body of [
    null,
    7,
    "x",
    [],
    {},
    { messages: "?" },
    { messages: [{ role: "system" }] }
  ]) {
    it(`is none in ${JSON.stringify(body)}`, () => assert.isUndefined(readChatQuestion(body)))
  }

  it("has a line for each part", () => {
    const content = [
      { type: "text", text: "One" },
      { type: "image" },
      { type: "text", text: "Two" }
    ]
    assert.strictEqual(readChatQuestion({ messages: [{ role: "user", content }] }), "One\nTwo")
  })

  it("is not looked for in depths without an end", () => {
    for (const key of ["input", "json", "data", "params"]) {
      const open = `{"${key}":`
      for (const depth of [50, 50_000]) {
        const body = `${open.repeat(depth)}{"query":"x"}${"}".repeat(depth)}`
        assert.isUndefined(readChatQuestion(JSON.parse(body)))
      }
    }
  })

  it.prop("is looked for in any JSON without a failure", [Schema.Json], ([json]) => {
    readChatQuestion(json)
    readChatQuestion({ messages: json, input: json, message: json })
    readChatQuestion({ messages: [json], contents: [json] })
  })
})
