/** Libraries with which chatbots are written. */
import { describe } from "@effect/vitest"
import { events, inLines, json, named, plain, reads, text, unnamed } from "./reading.ts"

const done = "data: [DONE]\n\n"
const delta = (words: string) => ({ type: "text-delta", id: "txt-0", delta: words })

describe("An answer of the AI SDK", () => {
  const counts = { promptTokens: 11, completionTokens: 5 }
  const tokens = { input: 11, output: 5 }
  const step = { finishReason: "stop", usage: counts, isContinued: false }
  reads(
    "is read from the data stream of version 4",
    plain,
    [
      'f:{"messageId":"msg-1"}',
      'g:"Hm"',
      '2:[{"status":"searching"}]',
      'b:{"toolCallId":"c","toolName":"find"}',
      '9:{"toolCallId":"c","toolName":"find","args":{}}',
      'a:{"toolCallId":"c","result":{"text":"20 degrees"}}',
      '0:"Hello "',
      '0:"wor\\u006cd"',
      `e:${JSON.stringify(step)}`,
      `d:${JSON.stringify({ finishReason: "stop", usage: counts })}`,
      ""
    ].join("\n"),
    { known: { tokens } }
  )
  reads("may fail in the data stream of version 4", plain, '0:"Hel"\n3:"An error occurred."\n', {
    text: "Hel",
    failed: true
  })
  reads(
    "is read from the text parts of the message stream alone",
    events,
    unnamed(
      { type: "start", messageId: "m", messageMetadata: { model: "gpt-5" } },
      { type: "start-step" },
      { type: "reasoning-start", id: "r" },
      { type: "reasoning-delta", id: "r", delta: "Hm" },
      { type: "reasoning-end", id: "r" },
      { type: "tool-input-start", toolCallId: "c", toolName: "find" },
      { type: "tool-input-delta", toolCallId: "c", inputTextDelta: '{"q"' },
      { type: "tool-input-available", toolCallId: "c", toolName: "find", input: {} },
      { type: "tool-output-available", toolCallId: "c", output: { text: "20 degrees" } },
      { type: "source-url", sourceId: "s", url: "https://example.com", title: "Example" },
      { type: "data-weather", data: { text: "sunny" } },
      { type: "text-start", id: "txt-0" },
      delta("Hello "),
      delta("world"),
      { type: "text-end", id: "txt-0" },
      { type: "finish-step" },
      {
        type: "finish",
        messageMetadata: {
          totalUsage: {
            inputTokens: 11,
            outputTokens: 5,
            totalTokens: 16,
            reasoningTokens: 3,
            cachedInputTokens: 4
          }
        }
      }
    ) + done,
    { known: { model: "gpt-5", tokens: { ...tokens, reasoning: 3, cachedInput: 4 } } }
  )
  reads(
    "tells the details of its usage since version 6",
    events,
    unnamed(delta(text), {
      type: "message-metadata",
      messageMetadata: {
        usage: {
          inputTokens: 11,
          outputTokens: 5,
          inputTokenDetails: { noCacheTokens: 7, cacheReadTokens: 4, cacheWriteTokens: 0 },
          outputTokenDetails: { textTokens: 2, reasoningTokens: 3 }
        }
      }
    }),
    { known: { tokens: { ...tokens, reasoning: 3, cachedInput: 4, cacheWrites: 0 } } }
  )
  reads(
    "holds none when the page is to run a tool",
    events,
    unnamed(
      { type: "start" },
      { type: "tool-input-available", toolCallId: "c", toolName: "find", input: {} },
      { type: "finish" }
    ) + done,
    { text: "", isUnderstood: false }
  )
  reads(
    "may fail after some words",
    events,
    unnamed({ type: "start" }, delta("Hel"), { type: "error", errorText: "An error occurred." }),
    { text: "Hel", failed: true }
  )
  reads("is read from its text stream", plain, "Hello world")
})

describe("An answer of LangServe", () => {
  const message = (content: unknown) => ({ content, additional_kwargs: {}, type: "AIMessageChunk" })
  reads(
    "is read from texts",
    events,
    `${named(["metadata", { run_id: "x" }], ["data", "Hello "], ["data", "world"])}event: end\n\n`
  )
  reads(
    "is read from chunks of messages",
    events,
    `${named(
      ["metadata", { run_id: "x" }],
      ["data", message("Hello ")],
      ["data", message([{ type: "text", text: "world" }])]
    )}event: end\n\n`
  )
  reads(
    "is read whole",
    json,
    JSON.stringify({ output: text, callback_events: [], metadata: { run_id: "x" } })
  )
  reads(
    "is read from a whole message, with its usage",
    json,
    JSON.stringify({
      output: {
        content: text,
        type: "ai",
        response_metadata: { model_name: "gpt-5" },
        usage_metadata: {
          input_tokens: 11,
          output_tokens: 5,
          input_token_details: { cache_read: 4 }
        }
      },
      metadata: { run_id: "x" }
    }),
    { known: { model: "gpt-5", tokens: { input: 11, output: 5, cachedInput: 4 } } }
  )
  reads(
    "is read from the patches of its log",
    events,
    named(
      ["data", { ops: [{ op: "replace", path: "", value: { logs: {} } }] }],
      ["data", { ops: [{ op: "add", path: "/streamed_output/-", value: "Hello " }] }],
      ["data", { ops: [{ op: "add", path: "/streamed_output/-", value: message("world") }] }]
    )
  )
  reads(
    "is read from the events of its models",
    events,
    named(
      ["data", { event: "on_chain_start", data: { input: "Hi?" } }],
      ["data", { event: "on_chat_model_stream", data: { chunk: message("Hello ") } }],
      ["data", { event: "on_chat_model_stream", data: { chunk: message("world") } }],
      ["data", { event: "on_chain_end", data: { output: text } }]
    )
  )
  reads(
    "may fail",
    events,
    named(["data", "Hel"], ["error", { status_code: 500, message: "Internal Server Error" }]),
    { text: "Hel", failed: true }
  )
})

describe("An answer of LangGraph", () => {
  const ai = (content: string, type = "AIMessageChunk") => ({
    content,
    type,
    id: "run-1",
    tool_calls: []
  })
  const node = { langgraph_node: "agent" }
  const question = { content: "Hi?", type: "human" }
  reads(
    "is read from its messages, without those of tools",
    events,
    named(
      ["metadata", { run_id: "x" }],
      ["messages", [ai("Hello "), node]],
      ["messages", [{ content: "20 degrees", type: "tool" }, { langgraph_node: "tools" }]],
      ["messages", [ai("world"), node]]
    )
  )
  reads(
    "is read from messages that grow",
    events,
    named(
      ["messages/metadata", { "run-1": {} }],
      ["messages/partial", [ai("Hello ")]],
      ["messages/partial", [ai(text)]],
      ["messages/complete", [ai(text, "ai")]]
    )
  )
  reads(
    "is read from its states",
    events,
    named(
      ["values", { messages: [question] }],
      ["values", { messages: [question, ai(text, "ai")] }]
    )
  )
  reads(
    "is read from its updates",
    events,
    named(["updates", { agent: { messages: [ai(text, "ai")] } }])
  )
  reads("is read whole", json, JSON.stringify({ messages: [question, ai(text, "ai")] }))
  reads(
    "is read from messages with their fields inside",
    events,
    named([
      "messages",
      [
        {
          lc: 1,
          type: "constructor",
          id: ["langchain_core", "messages", "AIMessageChunk"],
          kwargs: { content: text }
        },
        node
      ]
    ])
  )
})

describe("An answer of AG-UI", () => {
  reads(
    "is read from the content of its messages",
    events,
    unnamed(
      { type: "RUN_STARTED" },
      { type: "TEXT_MESSAGE_START", role: "assistant" },
      { type: "TEXT_MESSAGE_CONTENT", delta: "Hello " },
      { type: "TOOL_CALL_ARGS", delta: "{" },
      { type: "TEXT_MESSAGE_CONTENT", delta: "world" },
      { type: "TEXT_MESSAGE_END" },
      { type: "RUN_FINISHED" }
    )
  )
  reads(
    "may fail",
    events,
    unnamed({ type: "RUN_STARTED" }, { type: "RUN_ERROR", message: "No model" }),
    { text: "", failed: true, isUnderstood: false }
  )
})

describe("An answer of Agent2Agent", () => {
  const parts = (words: string) => [{ kind: "text", text: words }]
  const result = (each: object) => ({ jsonrpc: "2.0", id: "1", result: each })
  const artifact = (words: string) => ({ artifactId: "a", parts: parts(words) })
  reads(
    "is read from a message",
    json,
    JSON.stringify(result({ kind: "message", role: "agent", parts: parts(text) }))
  )
  reads(
    "is read from the artifacts of a task",
    json,
    JSON.stringify(
      result({
        kind: "task",
        status: { state: "completed" },
        artifacts: [artifact(text)],
        history: [{ role: "user", parts: parts("Hi?") }]
      })
    )
  )
  reads(
    "is read from the artifacts of a stream",
    events,
    unnamed(
      result({ kind: "task", status: { state: "submitted" } }),
      result({
        kind: "status-update",
        status: { state: "working", message: { parts: parts("Searching") } }
      }),
      result({ kind: "artifact-update", artifact: artifact("Hello ") }),
      result({ kind: "artifact-update", artifact: artifact("world"), append: true }),
      result({ kind: "status-update", status: { state: "completed" }, final: true })
    )
  )
  reads(
    "may be an error of the call",
    json,
    JSON.stringify({
      jsonrpc: "2.0",
      id: "1",
      error: { code: -32_603, message: "Internal error" }
    }),
    { text: "", failed: true, isUnderstood: false }
  )
})

describe("An answer of tRPC", () => {
  reads(
    "is read from its envelopes",
    json,
    JSON.stringify([{ result: { data: { json: { answer: text } } } }])
  )
  reads(
    "may be an error",
    json,
    JSON.stringify([{ error: { json: { message: "Too many requests", code: -32_029 } } }]),
    { text: "", failed: true, isUnderstood: false }
  )
})

describe("Lines of JSON", () => {
  reads(
    "are read under the type of JSON too",
    json,
    inLines(
      { type: "begin", metadata: {} },
      { type: "item", content: "Hello " },
      { type: "item", content: "world" },
      { type: "end", metadata: {} }
    )
  )
})
