/** Platforms on which chatbots are assembled, and chatbots that their owners wrote. */
import { describe } from "@effect/vitest"
import { events, inLines, json, named, plain, reads, text, unnamed } from "./reading.ts"

const usage = { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 }
const tokens = { input: 11, output: 5 }
const failed = { text: "", failed: true, isUnderstood: false }

describe("An answer of Dify", () => {
  const message = (answer: string) => ({ event: "message", answer, conversation_id: "c" })
  reads(
    "is read from its events",
    events,
    unnamed(
      { event: "workflow_started" },
      message("Hello "),
      { event: "ping" },
      { event: "agent_thought", thought: "Hm" },
      message("world"),
      { event: "message_end", metadata: { usage } }
    ),
    { known: { tokens } }
  )
  reads(
    "is read whole",
    json,
    JSON.stringify({ event: "message", mode: "chat", answer: text, metadata: { usage } }),
    { known: { tokens } }
  )
  reads(
    "may be replaced by its moderation",
    events,
    unnamed(message("Go to "), { event: "message_replace", answer: text })
  )
  reads(
    "is read from a workflow",
    json,
    JSON.stringify({
      workflow_run_id: "w",
      data: { status: "succeeded", outputs: { text }, error: null }
    })
  )
  reads(
    "is read from the events of a workflow, of which the last is a repeat",
    events,
    unnamed(
      { event: "text_chunk", data: { text: "Hello " } },
      { event: "node_finished", data: { outputs: {} } },
      { event: "text_chunk", data: { text: "world" } },
      { event: "workflow_finished", data: { status: "succeeded", outputs: { text } } }
    )
  )
  reads(
    "may fail",
    events,
    unnamed(message("Hel"), {
      event: "error",
      status: 400,
      code: "provider_quota_exceeded",
      message: "Quota"
    }),
    { text: "Hel", failed: true }
  )
})

describe("An answer of Flowise", () => {
  const event = (name: string, data: unknown) =>
    `message:\ndata:${JSON.stringify({ event: name, data })}\n\n`
  reads(
    "is read whole",
    json,
    JSON.stringify({ text, question: "Hi?", chatId: "c", sessionId: "s" })
  )
  reads(
    "is read from its tokens, of which the start repeats the first",
    events,
    [
      event("start", "Hello "),
      event("token", "Hello "),
      event("usedTools", [{ tool: "find" }]),
      event("token", "world"),
      event("metadata", { chatId: "c" }),
      event("end", "[DONE]")
    ].join("")
  )
  reads("may fail", events, event("error", "No credentials"), failed)
})

describe("An answer of Langflow", () => {
  const result = { session_id: "s", outputs: [{ outputs: [{ results: { message: { text } } }] }] }
  reads("is read whole", json, JSON.stringify(result))
  reads(
    "is read from its lines",
    json,
    inLines(
      { event: "add_message", data: { text: "Hi?", sender: "User" } },
      { event: "token", data: { chunk: "Hello " } },
      { event: "token", data: { chunk: "world" } },
      { event: "end", data: { result } }
    )
  )
})

describe("An answer of n8n", () => {
  reads("is read whole", json, JSON.stringify({ output: text }))
  reads("is read from a list", json, JSON.stringify([{ output: text }]))
  reads(
    "may break off",
    json,
    inLines(
      { type: "begin", metadata: {} },
      { type: "item", content: "Hel" },
      { type: "error", content: "No" }
    ),
    { text: "Hel", failed: true }
  )
})

describe("An answer in bubbles", () => {
  reads(
    "is read from Rasa, a line for each",
    json,
    JSON.stringify([
      { recipient_id: "u", text: "Hello" },
      { recipient_id: "u", image: "https://example.com/a.png" },
      { recipient_id: "u", text: "world" }
    ]),
    { text: "Hello\nworld" }
  )
  reads(
    "is read from Voiceflow",
    json,
    JSON.stringify([{ type: "text", payload: { message: text, delay: 1 } }, { type: "end" }])
  )
})

describe("An answer of one's own making", () => {
  for (const body of [
    { answer: text },
    { reply: text },
    { response: text },
    { text },
    { message: text },
    { output: text },
    { output_text: text },
    { content: text },
    { completion: text },
    { result: text },
    { message: { content: text } },
    { message: { role: "assistant", content: text } },
    { data: { answer: text } },
    { result: { role: "assistant", content: text } },
    { status: "success", message: "ok", data: { answer: text } },
    { success: true, error: null, answer: text },
    { role: "assistant", parts: [{ type: "text", text }] },
    { type: "success", answer: text },
    { answer: text, messages: [] },
    { answer: { text } },
    { delta: { text } },
    { botResponse: text },
    { code: 200, message: "OK", data: text },
    { queryResult: { fulfillmentText: text } },
    { responses: [{ type: "text", text }] },
    { object: "conversation.response", outputs: [{ type: "message.output", content: text }] },
    { status: "succeeded", output: ["Hello ", "world"], error: null },
    text
  ]) {
    reads(`is read from ${JSON.stringify(body)}`, json, JSON.stringify(body))
  }

  reads(
    "rates itself",
    json,
    JSON.stringify({ answer: text, matchType: "partial", matchScore: 0.4 }),
    { known: { matchType: "partial", matchScore: 0.4 } }
  )
  reads(
    "tells no numbers and ratings that are none",
    json,
    JSON.stringify({
      answer: text,
      model: "",
      matchType: "perfect",
      matchScore: 7,
      usage: { prompt_tokens: -1, completion_tokens: "3" }
    })
  )
  reads("may be empty", json, '{"answer":""}', { text: "" })
  reads(
    "is told apart by the types of its events",
    events,
    unnamed(
      { type: "status", message: "Searching" },
      { type: "sources", content: "a.md" },
      { type: "token", content: "Hello " },
      { type: "thinking", text: "Hm" },
      { type: "token", content: "world" },
      { type: "done", content: text }
    )
  )
  reads(
    "is told apart by the names of its events",
    events,
    named(
      ["status", { message: "Searching" }],
      ["sources", [{ text: "a.md" }]],
      ["delta", { text: "Hello " }],
      ["delta", { text: "world" }],
      ["done", {}]
    )
  )
  reads(
    "is told apart from the visitor's own words",
    events,
    unnamed({ role: "user", content: "Hi?" }, { role: "assistant", content: text })
  )
  reads("may come as words in events with a name", events, "event: content\ndata: Hello world\n\n")
  reads("may come as words without JSON", events, "data: Hello\n\ndata:  world\n\ndata: [DONE]\n\n")
  reads(
    "may come as words after a greeting of the server",
    events,
    `data: connected\n\n${unnamed({ text: "Hello " }, { text: "world" })}`
  )
  reads("may be an object that a text holds", null, JSON.stringify({ answer: text }, null, 2))
})

describe("An answer that no format knows", () => {
  const unknown = { text: "", isUnderstood: false }
  for (const body of [
    { id: "1", payload: { deep: [1] } },
    {},
    [],
    null,
    true,
    [1, "two"],
    { user: "bob", text: undefined },
    { type: "session.created", text: "x" },
    { role: "user", content: "Hi?" }
  ]) {
    reads(`is told as unknown: ${JSON.stringify(body)}`, json, JSON.stringify(body), unknown)
  }
  for (const type of [
    "text/html",
    "image/png",
    "application/vnd.amazon.eventstream",
    "multipart/mixed"
  ]) {
    reads(`is told as unknown: ${type}`, type, "Hello", unknown)
  }
  reads("is told as unknown: half of its JSON", json, '{"answer":"Hel', unknown)
  reads("is told as unknown: compressed bytes", null, "\u001f\uFFFD\u0008\u0000 more", unknown)
  reads("is told as unknown: a page without its type", null, "<!doctype html><p>Hello</p>", unknown)
  reads("is told as unknown: a stream without words", events, ": ping\n\n: ping\n\n", unknown)
})

describe("A plain text", () => {
  for (const body of [
    "Hello",
    "# Hello\n\n- world",
    "42 km",
    "data driven: yes",
    "0: none",
    "{ a brace",
    "[1] Hello"
  ]) {
    reads(`is read as it is: ${JSON.stringify(body)}`, plain, body, { text: body })
  }
  reads("may happen to be a number", plain, "42", { text: "42" })
  reads("may happen to be a text of JSON", plain, '"Hello world"')
  reads("may happen to be an object, which is the answer", plain, '{"country":"CH"}', {
    text: '{"country":"CH"}'
  })
  reads("may be Markdown", "text/markdown; charset=utf-8", "# Hello", { text: "# Hello" })
})

describe("A failure inside of a good response", () => {
  for (const body of [
    { error: "model overloaded" },
    { error: { message: "No", code: 500 } },
    { error: true, message: "No" },
    { success: false, message: "Quota" },
    { ok: false },
    { status: "error", message: "No" },
    { statusCode: 500, message: "Internal" },
    { type: "error", message: "No" },
    { errors: [{ message: "No" }] },
    { errorMessage: "Task timed out", errorType: "Timeout" }
  ]) {
    reads(`is told by ${JSON.stringify(body)}`, json, JSON.stringify(body), failed)
  }
  reads("is told by the name of an event", events, "event: error\ndata: No\n\n", failed)
})
