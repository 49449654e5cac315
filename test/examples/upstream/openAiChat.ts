import { type Asked, answerTo, data, lastOf, modelName, piecesOf, tokensOf } from "./said.ts"

const completion = (object: string) => ({
  id: "chatcmpl-CYz2d8fG7hJ9kLmN0pQrStUvWxYz1",
  object,
  created: 1_790_000_000,
  model: modelName,
  service_tier: "default",
  system_fingerprint: null
})

const usageOf = ({ messages = [] }: Asked) => {
  const { input, output } = tokensOf(messages.length, lastOf(messages))
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0
    }
  }
}

/** The events of a chat completion; only those who ask for them get the tokens. */
export const chatStream = (asked: Asked): ReadonlyArray<string> => {
  const withUsage = asked.stream_options?.include_usage === true
  const chunk = (choices: ReadonlyArray<object>, usage: object | null = null) =>
    data({
      ...completion("chat.completion.chunk"),
      choices,
      ...(withUsage ? { usage } : {}),
      obfuscation: "s2KqZ"
    })
  const choice = (delta: object, finish_reason: string | null = null) =>
    chunk([{ index: 0, delta, logprobs: null, finish_reason }])
  return [
    choice({ role: "assistant", content: "", refusal: null }),
    ...piecesOf(answerTo(lastOf(asked.messages ?? []))).map((content) => choice({ content })),
    choice({}, "stop"),
    ...(withUsage ? [chunk([], usageOf(asked))] : []),
    "data: [DONE]\n\n"
  ]
}

export const chatWhole = (asked: Asked): object => {
  const content = answerTo(lastOf(asked.messages ?? []))
  const message = { role: "assistant", content, refusal: null, annotations: [] }
  return {
    ...completion("chat.completion"),
    choices: [{ index: 0, message, finish_reason: "stop" }],
    usage: usageOf(asked)
  }
}

/** OpenAI's answer to a request that it does not take. */
export const chatError = {
  error: {
    message: "Invalid request.",
    type: "invalid_request_error",
    param: null,
    code: "invalid_request"
  }
}
