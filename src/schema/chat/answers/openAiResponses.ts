/** The Responses interface of OpenAI, whole and as events. */
import { type ReadFormat, silent } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"
import { fieldsOf, type JsonFields, listOf } from "../Json.ts"
import { usageOf } from "../Usage.ts"

const callsOwnTool = (item: unknown): boolean =>
  ["function_call", "custom_tool_call"].includes(String(fieldsOf(item).type))

/** `undefined` until a message is in the output. */
const messagesIn = (output: unknown): string | undefined => {
  const messages = listOf(output)
    .map(fieldsOf)
    .filter(({ type }) => type === "message")
  if (messages.length === 0) return undefined
  return messages.map(({ content }) => wordsOf(content ?? []) ?? "").join("")
}

const readResponse = (response: JsonFields) => ({
  whole: messagesIn(response.output),
  callsTool: listOf(response.output).some(callsOwnTool),
  failed: response.status === "failed",
  model: response.model,
  usage: usageOf(response.usage)
})

const readEvent = (type: string, json: JsonFields) => {
  switch (type) {
    case "response.output_text.delta":
    case "response.refusal.delta":
      return { says: wordsOf(json.delta) }
    case "response.output_text.done":
      return { whole: wordsOf(json.text) }
    case "response.refusal.done":
      return { whole: wordsOf(json.refusal) }
    case "response.output_item.done":
      return { callsTool: callsOwnTool(json.item) }
    case "response.failed":
      return { ...readResponse(fieldsOf(json.response)), failed: true }
    case "response.created":
    case "response.completed":
    case "response.incomplete":
      return readResponse(fieldsOf(json.response))
    default:
      return silent
  }
}

export const readOpenAiResponses: ReadFormat = (json) => {
  const { object, output, type } = json
  if (typeof type === "string" && type.startsWith("response.")) return readEvent(type, json)
  const isResponse = object === "response" || messagesIn(output) !== undefined
  return isResponse ? readResponse(json) : undefined
}
