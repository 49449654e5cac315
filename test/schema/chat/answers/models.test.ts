/** Providers of language models that speak in their own way. */
import { describe } from "@effect/vitest"
import { events, inLines, json, lines, named, reads, text, unnamed } from "./reading.ts"

const usage = {
  input_tokens: 11,
  cache_creation_input_tokens: 20,
  cache_creation: { ephemeral_5m_input_tokens: 12, ephemeral_1h_input_tokens: 8 },
  cache_read_input_tokens: 300,
  output_tokens: 1
}
const start = {
  type: "message_start",
  message: {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "claude-sonnet-4-5",
    content: [],
    usage
  }
}
const block = (index: number, content_block: object) => ({
  type: "content_block_start",
  index,
  content_block
})
const delta = (index: number, each: object) => ({ type: "content_block_delta", index, delta: each })
const typed = (...messages: ReadonlyArray<{ readonly type: string }>) =>
  named(...messages.map((each) => [each.type, each] as const))
const end = [
  { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 5 } },
  { type: "message_stop" }
]
// what the cache holds is part of the input in our contract, and is not in Anthropic's
const tokens = { input: 331, output: 5, cachedInput: 300, cacheWrites: 20, hourCacheWrites: 8 }
const told = { model: "claude-sonnet-4-5", tokens }

describe("An answer of Anthropic", () => {
  reads(
    "is read whole",
    json,
    JSON.stringify({
      ...start.message,
      content: [
        { type: "thinking", thinking: "Hm" },
        { type: "text", text }
      ],
      usage: { ...usage, output_tokens: 5 }
    }),
    { known: told }
  )
  reads(
    "is read from its events, whose usage is put together",
    events,
    typed(
      start,
      block(0, { type: "thinking", thinking: "" }),
      delta(0, { type: "thinking_delta", thinking: "Hm" }),
      delta(0, { type: "signature_delta", signature: "x" }),
      block(1, { type: "text", text: "" }),
      { type: "ping" },
      delta(1, { type: "text_delta", text: "Hello " }),
      delta(1, { type: "text_delta", text: "world" }),
      { type: "content_block_stop" },
      ...end
    ),
    { known: told }
  )
  reads(
    "holds none when it only calls a tool",
    events,
    typed(
      start,
      block(0, { type: "tool_use", id: "t", name: "find", input: {} }),
      delta(0, { type: "input_json_delta", partial_json: '{"q":' }),
      ...end
    ),
    { text: "", known: told, isUnderstood: false }
  )
  reads(
    "may be overloaded after some words",
    events,
    typed(start, delta(0, { type: "text_delta", text: "Hel" })) +
      named([
        "error",
        { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }
      ]),
    {
      text: "Hel",
      failed: true,
      known: {
        model: told.model,
        tokens: { input: 331, cachedInput: 300, cacheWrites: 20, hourCacheWrites: 8 }
      }
    }
  )
})

const candidate = (parts: ReadonlyArray<object>, more: object = {}) => ({
  candidates: [{ content: { parts, role: "model" }, index: 0, ...more }],
  modelVersion: "gemini-2.5-flash"
})
const counted = {
  promptTokenCount: 11,
  candidatesTokenCount: 5,
  thoughtsTokenCount: 7,
  totalTokenCount: 23
}
const messages = [
  candidate([{ text: "Hm", thought: true }]),
  {
    ...candidate([{ text: "Hello " }]),
    usageMetadata: { promptTokenCount: 11, totalTokenCount: 11 }
  },
  { ...candidate([{ text: "world" }], { finishReason: "STOP" }), usageMetadata: counted }
]
const gemini = { model: "gemini-2.5-flash", tokens: { input: 11, output: 12, reasoning: 7 } }

describe("An answer of Gemini", () => {
  reads("is read from its events, without thoughts", events, unnamed(...messages), {
    known: gemini
  })
  reads(
    "is read from the list that a stream is without events",
    json,
    JSON.stringify(messages, null, 2),
    { known: gemini }
  )
  reads(
    "holds none when it only calls a function",
    json,
    JSON.stringify(candidate([{ functionCall: { name: "find", args: {} } }])),
    { text: "", known: { model: "gemini-2.5-flash" }, isUnderstood: false }
  )
})

describe("An answer of Cohere", () => {
  const content = (each: object) => ({
    type: "content-delta",
    index: 0,
    delta: { message: { content: each } }
  })
  const units = {
    billed_units: { input_tokens: 3, output_tokens: 2 },
    tokens: { input_tokens: 9, output_tokens: 2 }
  }
  const known = { tokens: { input: 9, output: 2 } }
  reads(
    "is read from its events",
    events,
    typed(
      { type: "message-start" },
      { type: "tool-plan-delta" },
      content({ thinking: "Hm" }),
      content({ text: "Hello " }),
      content({ text: "world" }),
      { type: "message-end", delta: { finish_reason: "COMPLETE", usage: units } } as never
    ),
    { known }
  )
  reads(
    "is read whole",
    json,
    JSON.stringify({
      id: "1",
      finish_reason: "COMPLETE",
      usage: units,
      message: { role: "assistant", content: [{ type: "text", text }] }
    }),
    { known }
  )
  reads(
    "is read from the lines of the first version, of which the last is a repeat",
    lines,
    inLines(
      { event_type: "stream-start" },
      { event_type: "text-generation", text: "Hello " },
      { event_type: "text-generation", text: "world" },
      { event_type: "stream-end", response: { text, meta: units } }
    ),
    { known }
  )
})

describe("An answer of Bedrock", () => {
  const content = [{ reasoningContent: { reasoningText: { text: "Hm" } } }, { text }]
  const tokens = { inputTokens: 11, outputTokens: 5, totalTokens: 16 }
  const known = { tokens: { input: 11, output: 5 } }
  reads(
    "is read from Converse",
    json,
    JSON.stringify({
      output: { message: { role: "assistant", content } },
      stopReason: "end_turn",
      usage: tokens
    }),
    { known }
  )
  reads(
    "is read from the stream of Converse",
    events,
    unnamed(
      { messageStart: { role: "assistant" } },
      { contentBlockDelta: { delta: { text: "Hello " }, contentBlockIndex: 0 } },
      { contentBlockDelta: { delta: { text: "world" }, contentBlockIndex: 0 } },
      { contentBlockStop: { contentBlockIndex: 0 } },
      { messageStop: { stopReason: "end_turn" } },
      { metadata: { usage: tokens, metrics: { latencyMs: 9 } } }
    ),
    { known }
  )
  reads(
    "may be throttled",
    lines,
    inLines(
      { contentBlockDelta: { delta: { text: "Hel" } } },
      { throttlingException: { message: "Slow down" } }
    ),
    { text: "Hel", failed: true }
  )
  reads(
    "is read from Titan",
    json,
    JSON.stringify({ inputTextTokenCount: 5, results: [{ tokenCount: 2, outputText: text }] }),
    { known: { tokens: { input: 5, output: 2 } } }
  )
  reads(
    "is read from the pieces of Titan, of which the last counts the tokens",
    lines,
    inLines(
      { outputText: "Hello ", totalOutputTextTokenCount: null, inputTextTokenCount: 5 },
      { outputText: "world", totalOutputTextTokenCount: 2, inputTextTokenCount: null }
    ),
    { known: { tokens: { input: 5, output: 2 } } }
  )
  reads(
    "is read from Llama",
    json,
    JSON.stringify({
      generation: text,
      prompt_token_count: 11,
      generation_token_count: 5,
      stop_reason: "stop"
    }),
    { known }
  )
  reads(
    "is read from a knowledge base",
    json,
    JSON.stringify({ citations: [], output: { text }, sessionId: "s" })
  )
})

describe("An answer of Ollama", () => {
  const line = (message: object, more: object = { done: false }) => ({
    model: "llama3.2",
    message,
    ...more
  })
  const last = { done: true, done_reason: "stop", prompt_eval_count: 11, eval_count: 5 }
  const known = { model: "llama3.2", tokens: { input: 11, output: 5 } }
  const whole = { role: "assistant", content: text }
  reads(
    "is read from its lines",
    lines,
    inLines(
      line({ content: "", thinking: "Hm" }),
      line({ content: "Hello " }),
      line({ content: "world" }),
      line({ content: "" }, last)
    ),
    { known }
  )
  reads("is read whole", json, JSON.stringify(line(whole, last)), { known })
  reads(
    "is read from its generation",
    lines,
    inLines(
      { model: "llama3.2", response: "Hello ", done: false },
      { model: "llama3.2", response: "world", ...last }
    ),
    { known }
  )
  reads(
    "may break off with an error",
    lines,
    inLines(line({ content: "Hel" }), { error: "model runner has unexpectedly stopped" }),
    { text: "Hel", known: { model: "llama3.2" }, failed: true }
  )
})

describe("An answer of Workers AI", () => {
  const counts = { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 }
  const known = { tokens: { input: 11, output: 5 } }
  reads(
    "is read from its events, which come without a content type too",
    null,
    `${unnamed(
      { response: "Hello ", p: "abc" },
      { response: "world", p: "abcdef" },
      { response: "", usage: counts }
    )}data: [DONE]\n\n`,
    { known }
  )
  reads(
    "may hold numbers",
    events,
    unnamed(
      { response: "It is " },
      { response: 42 },
      { response: null, tool_calls: [] },
      { response: " km" }
    ),
    { text: "It is 42 km" }
  )
  reads("is read whole", json, JSON.stringify({ response: text, tool_calls: [], usage: counts }), {
    known
  })
  reads(
    "is the object itself in JSON mode",
    json,
    JSON.stringify({ response: { country: "CH" }, usage: counts }),
    { text: '{"country":"CH"}', known }
  )
  reads(
    "is read from the REST interface",
    json,
    JSON.stringify({
      result: { response: text, usage: counts },
      success: true,
      errors: [],
      messages: []
    }),
    { known }
  )
  reads(
    "may fail in the REST interface",
    json,
    JSON.stringify({
      result: null,
      success: false,
      errors: [{ code: 7009, message: "Upstream error" }]
    }),
    { text: "", failed: true, isUnderstood: false }
  )
  reads(
    "holds none when it only calls a tool",
    json,
    JSON.stringify({ response: null, tool_calls: [{ name: "find", arguments: {} }] }),
    { text: "", isUnderstood: false }
  )
  reads(
    "of AI Search is told apart from its sources",
    json,
    JSON.stringify({
      object: "vector_store.search_results.page",
      search_query: "q",
      response: text,
      data: [{ filename: "a.md", content: [{ type: "text", text: "source" }] }],
      has_more: false
    })
  )
  reads(
    "of AI Search is told apart from its sources in events",
    events,
    named(["chunks", [{ id: "1", text: "source", score: 0.9 }]]) +
      unnamed({
        object: "chat.completion.chunk",
        choices: [{ index: 0, delta: { content: text } }]
      })
  )
})

describe("An answer of Hugging Face", () => {
  reads(
    "is read from its tokens, of which the last brings all",
    events,
    unnamed(
      { token: { id: 1, text: "Hello ", special: false }, generated_text: null },
      { token: { id: 2, text: "world", special: false }, generated_text: null },
      { token: { id: 3, text: "</s>", special: true }, generated_text: text }
    )
  )
  reads("is read whole", json, JSON.stringify([{ generated_text: text }]))
})
