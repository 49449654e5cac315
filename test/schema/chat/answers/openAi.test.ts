/** OpenAI's three interfaces, as OpenAI and those who imitate it speak them. */
import { describe } from "@effect/vitest"
import { events, inLines, json, named, plain, reads, text, unnamed } from "./reading.ts"

const chunk = (delta: object, more: object = {}) => ({
  id: "chatcmpl-C9",
  object: "chat.completion.chunk",
  created: 1_757_000_000,
  model: "gpt-4o-mini-2024-07-18",
  choices: [{ index: 0, delta, logprobs: null, finish_reason: null }],
  ...more
})
const model = "gpt-4o-mini-2024-07-18"
const done = "data: [DONE]\n\n"
const said = [
  chunk({ role: "assistant", content: "", refusal: null }),
  chunk({ content: "Hello " }),
  chunk({ content: "world" })
]
const stop = chunk({}, { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })
const usage = {
  prompt_tokens: 100,
  completion_tokens: 20,
  total_tokens: 120,
  prompt_tokens_details: { cached_tokens: 64, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 8 }
}
const tokens = { input: 100, output: 20, cachedInput: 64, reasoning: 8 }
const completion = (message: object, more: object = {}) =>
  JSON.stringify({
    id: "chatcmpl-C9",
    object: "chat.completion",
    model,
    choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: "stop" }],
    ...more
  })
const call = { id: "call_1", type: "function", function: { name: "find", arguments: '{"q":1}' } }

describe("A chat completion", () => {
  reads("is read whole", json, completion({ content: text }, { usage }), {
    known: { model, tokens }
  })
  reads(
    "is read in chunks, with the usage that the last one tells",
    events,
    unnamed(...said, stop, chunk({}, { choices: [], usage })) + done,
    { known: { model, tokens } }
  )
  reads("is read from the lines of toReadableStream()", plain, inLines(...said, stop), {
    known: { model }
  })
  reads(
    "is read without what the model thinks",
    events,
    unnamed(
      chunk({ reasoning_content: "Hm" }),
      chunk({ reasoning: "so" }),
      chunk({ content: [{ type: "thinking", thinking: [{ type: "text", text: "hmm" }] }] }),
      chunk({ content: "<thi" }),
      chunk({ content: "nk>\nI don't know\n</th" }),
      chunk({ content: "ink>\n\n" }),
      ...said
    ) + done,
    { known: { model } }
  )
  reads(
    "is read without a thought whose first tag the template wrote",
    json,
    completion({ content: `hm\n</think>\n\n${text}` }),
    { known: { model } }
  )
  reads(
    "is read from its first choice, in whatever order the choices come",
    events,
    unnamed(
      chunk({}, { choices: [{ index: 1, delta: { content: "Good day" } }] }),
      ...said,
      chunk({}, { choices: [{ index: 1, delta: { content: "!" } }] })
    ),
    { known: { model } }
  )
  reads(
    "may be a refusal",
    events,
    unnamed(chunk({ refusal: "I can't " }), chunk({ refusal: "help." })),
    { text: "I can't help.", known: { model } }
  )
  reads("may be a number", json, completion({ content: 42 }), { text: "42", known: { model } })
  reads("may be spoken", json, completion({ content: null, audio: { transcript: text } }), {
    known: { model }
  })
  reads(
    "holds no answer when it only calls a tool, in chunks",
    events,
    unnamed(chunk({ role: "assistant", content: null, tool_calls: [{ index: 0, ...call }] }), stop),
    { text: "", known: { model }, isUnderstood: false }
  )
  reads(
    "holds no answer when it only calls a tool, whole",
    json,
    completion({ content: "", tool_calls: [call] }),
    { text: "", known: { model }, isUnderstood: false }
  )
  reads(
    "of Azure begins with a chunk that names no model",
    events,
    unnamed({ choices: [], model: "", prompt_filter_results: [{}] }, ...said),
    { known: { model } }
  )
  reads(
    "of Groq tells its usage beside the choices",
    events,
    unnamed(...said, { ...stop, x_groq: { usage: { prompt_tokens: 3, completion_tokens: 2 } } }),
    { known: { model, tokens: { input: 3, output: 2 } } }
  )
  reads(
    "of an older model has a text",
    json,
    JSON.stringify({ object: "text_completion", model: "m", choices: [{ text, index: 0 }] }),
    { known: { model: "m" } }
  )
  reads(
    "that ends in an error keeps what was said",
    events,
    unnamed(...said, { error: { message: "pop from empty list", code: 500 } }) + done,
    { known: { model }, failed: true }
  )
  reads(
    "of OpenRouter tells its error in a choice",
    events,
    unnamed(chunk({}, { choices: [{ index: 0, delta: { content: "" }, finish_reason: "error" }] })),
    { text: "", known: { model }, failed: true }
  )
})

const message = { type: "message", role: "assistant", content: [{ type: "output_text", text }] }
const reasoning = { type: "reasoning", summary: [{ type: "summary_text", text: "Hm" }] }
const response = {
  id: "resp_1",
  object: "response",
  model: "gpt-5-mini",
  status: "completed",
  error: null,
  output: [reasoning, message],
  usage: {
    input_tokens: 11,
    input_tokens_details: { cached_tokens: 4 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 2 }
  }
}
const told = { model: "gpt-5-mini", tokens: { input: 11, output: 5, cachedInput: 4, reasoning: 2 } }
const typed = (...messages: ReadonlyArray<{ readonly type: string }>) =>
  named(...messages.map((each) => [each.type, each] as const))
const created = { type: "response.created", response: { ...response, output: [], usage: null } }
const completed = { type: "response.completed", response }

describe("An answer of the Responses interface", () => {
  reads("is read whole", json, JSON.stringify(response), { known: told })
  reads(
    "is read from its deltas, of which the ends are repeats",
    events,
    typed(
      created,
      { type: "response.output_item.added", item: { ...message, content: [] } } as never,
      { type: "response.output_text.delta", delta: "Hello " } as never,
      { type: "response.output_text.delta", delta: "world" } as never,
      { type: "response.output_text.done", text } as never,
      { type: "response.content_part.done", part: { type: "output_text", text } } as never,
      { type: "response.output_item.done", item: message } as never,
      completed
    ),
    { known: told }
  )
  reads("is read from its end when no delta came", events, typed(created, completed), {
    known: told
  })
  reads(
    "is read without thoughts, arguments and code",
    events,
    typed(
      { type: "response.reasoning_summary_text.delta", delta: "Hm" } as never,
      { type: "response.reasoning_text.delta", delta: "Hm" } as never,
      { type: "response.function_call_arguments.delta", delta: "{" } as never,
      { type: "response.code_interpreter_call_code.delta", delta: "print(1)" } as never,
      { type: "response.mcp_call_arguments.delta", delta: "{" } as never,
      { type: "response.output_text.delta", delta: text } as never
    )
  )
  reads(
    "may be a refusal",
    events,
    typed(
      { type: "response.refusal.delta", delta: "No." } as never,
      { type: "response.refusal.done", refusal: "No." } as never
    ),
    { text: "No." }
  )
  reads(
    "holds no answer when it only calls a tool",
    json,
    JSON.stringify({ ...response, output: [reasoning, { type: "function_call", name: "find" }] }),
    { text: "", known: told, isUnderstood: false }
  )
  reads(
    "may fail",
    events,
    typed(created, {
      type: "response.failed",
      response: { ...response, output: [], usage: null, status: "failed" }
    } as never),
    { text: "", known: { model: "gpt-5-mini" }, failed: true, isUnderstood: false }
  )
})

const thread = { object: "thread.message", role: "assistant", assistant_id: "asst_1" }
const value = (words: string) => [
  { index: 0, type: "text", text: { value: words, annotations: [] } }
]
const delta = (words: string) =>
  [
    "thread.message.delta",
    { object: "thread.message.delta", delta: { content: value(words) } }
  ] as const

describe("An answer of an assistant", () => {
  const run = {
    object: "thread.run",
    status: "completed",
    usage: { prompt_tokens: 9, completion_tokens: 2 }
  }
  reads(
    "is read from its deltas",
    events,
    named(
      ["thread.run.created", { object: "thread.run", status: "queued", usage: null }],
      delta("Hello "),
      delta("world"),
      ["thread.message.completed", { ...thread, content: value(text) }],
      ["thread.run.completed", run]
    ),
    { known: { tokens: { input: 9, output: 2 } } }
  )
  reads(
    "is the newest in the list of its thread",
    json,
    JSON.stringify({
      object: "list",
      data: [
        { ...thread, content: value(text) },
        { object: "thread.message", role: "user", content: value("Hi?") }
      ]
    })
  )
})
