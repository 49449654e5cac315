import { type Asked, answerTo, data, lastOf, modelName, piecesOf, tokensOf } from "./said.ts"

const item_id = "msg_68af40d6c0a88191b1c5d3f0b7e6a2c3"
const place = { item_id, output_index: 0, content_index: 0 }

const partOf = (text: string) => ({ type: "output_text", annotations: [], logprobs: [], text })

const itemOf = (status: string, content: ReadonlyArray<object>) => ({
  id: item_id,
  type: "message",
  status,
  content,
  role: "assistant"
})

const responseOf = (status: string, output: ReadonlyArray<object>, usage: object | null) => ({
  id: "resp_68af40d5c9cc8191a0d92e1e3a1d6c91",
  object: "response",
  created_at: 1_790_000_000,
  status,
  error: null,
  model: modelName,
  output,
  usage
})

const usageOf = ({ input = [] }: Asked) => {
  const tokens = tokensOf(input.length, lastOf(input))
  return {
    input_tokens: tokens.input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: tokens.output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: tokens.input + tokens.output
  }
}

/** The events of OpenAI's Responses, which say the text piece by piece and then whole, thrice. */
export const responsesStream = (asked: Asked): ReadonlyArray<string> => {
  const text = answerTo(lastOf(asked.input ?? []))
  const done = itemOf("completed", [partOf(text)])
  const started = responseOf("in_progress", [], null)
  const deltas = piecesOf(text).map((delta) => ({
    type: "response.output_text.delta",
    ...place,
    delta,
    logprobs: []
  }))
  const events = [
    { type: "response.created", response: started },
    { type: "response.in_progress", response: started },
    { type: "response.output_item.added", output_index: 0, item: itemOf("in_progress", []) },
    { type: "response.content_part.added", ...place, part: partOf("") },
    ...deltas,
    { type: "response.output_text.done", ...place, text, logprobs: [] },
    { type: "response.content_part.done", ...place, part: partOf(text) },
    { type: "response.output_item.done", output_index: 0, item: done },
    { type: "response.completed", response: responseOf("completed", [done], usageOf(asked)) }
  ]
  return events.map(
    (event, sequence_number) => `event: ${event.type}\n${data({ ...event, sequence_number })}`
  )
}
