import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { readConversation } from "../../../src/schema/chat/readConversation.ts"
import { fieldsOf, hostileValues, withField } from "../HostileValues.ts"

const user = (content: unknown = "Hello?") => ({ role: "user", content })
const bot = { role: "assistant", content: "Hi." }
const whole = [{ role: "system", content: "Be brief." }, user(), bot, user("And then?")]
const id = "c-7f3a"

describe("The conversation of a request", () => {
  for (const [name, body] of [
    ["the AI SDK", { id, messages: [user()] }],
    ["the AI SDK with one message", { id, message: { id: "m1", role: "user", parts: [] } }],
    ["OpenAI's Responses", { input: "Hello?", conversation: id }],
    ["OpenAI's Responses with an object", { input: "Hello?", conversation: { id } }],
    ["Dify", { query: "Hello?", conversation_id: id, user: "u" }],
    ["n8n", { action: "sendMessage", chatInput: "Hello?", sessionId: id }],
    ["Flowise", { question: "Hello?", overrideConfig: { sessionId: id } }],
    ["Flowise's widget", { question: "Hello?", chatId: id }],
    ["LangServe", { input: { q: "Hello?" }, config: { configurable: { session_id: id } } }],
    ["LangGraph", { input: { messages: [user()] }, config: { configurable: { thread_id: id } } }],
    ["A2A", { jsonrpc: "2.0", id: 7, params: { message: { role: "user", contextId: id } } }],
    ["AG-UI", { threadId: id, runId: "r", messages: whole }],
    ["Mastra", { messages: [user()], memory: { thread: { id }, resource: "u" } }],
    ["tRPC", { "0": { json: { chat_id: id, question: "Hello?" } } }],
    ["a batch", [{ sessionID: id, question: "Hello?" }]],
    ["GraphQL", { query: "mutation", variables: { input: { "conversation-id": id } } }],
    ["plain fields", { message: "Hello?", session_id: id }]
  ] as const) {
    it(`is read as ${name} tells it`, () =>
      assert.strictEqual(readConversation(body).conversationId, id))
  }

  it("is a number as text", () =>
    assert.strictEqual(readConversation({ chatId: 4711 }).conversationId, "4711"))

  it("is the outer one, and a name goes before a bare id", () => {
    const body = { id: "other", messages: [user()], data: { threadId: "inner" }, session_id: id }
    assert.strictEqual(readConversation(body).conversationId, id)
  })

  for (const [name, body] of [
    ["the id of a call", { jsonrpc: "2.0", id, method: "message/send", params: {} }],
    ["the id of a message beside its text", { id, message: "Hello?" }],
    ["a placeholder", { conversation_id: "", chatId: "new", sessionId: null, threadId: "default" }],
    ["an id of React's that all visitors share", { id: ":r1:", messages: [user()] }],
    ["a counter of the page", { id: "chat-0", messages: [user()] }],
    ["the words of a conversation", { conversation: "User: Hello?", thread: "line 1\nline 2" }],
    ["a list", { session: [1], conversation: [], chatId: {} }],
    ["a text without fields", "Hello?"],
    ["nothing", null]
  ] as const) {
    it(`is not ${name}`, () => assert.isUndefined(readConversation(body).conversationId))
  }
})

describe("The turn of a question", () => {
  for (const [name, turn, body] of [
    ["the first message", 1, { messages: [user()] }],
    ["a whole conversation", 2, { sessionId: id, messages: whole }],
    ["Gemini's contents", 2, { contents: [user(), { role: "model", parts: [] }, user()] }],
    ["the input of Responses", 2, { input: [user(), bot, user()] }],
    [
      "LangChain's pairs",
      2,
      {
        input: {
          messages: [
            ["human", "a"],
            ["ai", "b"],
            ["human", "c"]
          ]
        }
      }
    ],
    ["a history beside the question", 2, { question: "c", history: [user("a"), bot] }],
    ["Flowise's history", 2, { question: "c", history: [{ role: "userMessage" }, bot] }],
    ["an empty history", 1, { question: "a", chat_history: [] }]
  ] as const) {
    it(`is counted in ${name}`, () => assert.strictEqual(readConversation(body).turn, turn))
  }

  it("leaves out the results of tools, which come in the visitor's name", () => {
    const result = user([{ type: "tool_result", tool_use_id: "t", content: "12" }])
    const answered = [user(), bot, result, bot, user("And then?")]
    assert.strictEqual(readConversation({ messages: answered }).turn, 2)
  })

  for (const [name, body] of [
    ["a question alone", { question: "Hello?", sessionId: id }],
    ["a chatbot that keeps the conversation", { input: [user()], previous_response_id: "resp_1" }],
    ["a thread that is kept elsewhere", { messages: [user()], thread_id: id }],
    ["a list that ends with the chatbot", { messages: [user(), bot] }]
  ] as const) {
    it(`is not told by ${name}`, () => assert.isUndefined(readConversation(body).turn))
  }
})

describe("Any JSON", () => {
  const isRead = (json: unknown) => {
    const { conversationId, turn } = readConversation(json)
    assert.include(["string", "undefined"], typeof conversationId)
    assert.isTrue(turn === undefined || turn >= 1)
  }

  it.prop("is read without a fault", [Schema.Json], ([json]) => isRead(json))

  it("is read without a fault where any field of a request is another", () => {
    const kwargs = { type: "human", content: [{ type: "text" }] }
    const message = { ...user([{ type: "text" }]), lc: 1, id: ["HumanMessage"], kwargs }
    const inner = { configurable: { thread_id: id }, message: { contextId: id } }
    const request = { id, object: "o", messages: [message, ["human", "a"]], config: inner }
    for (const path of fieldsOf(request)) {
      for (const value of [...hostileValues, { toString: 1 }]) {
        isRead(withField(request, path, value))
      }
    }
  })
})
