/** Cohere's chat, in its first version (`event_type`) and its second (`type`). */
import { type ChatPart, type ReadFormat, silent } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"
import { fieldsOf, isFields, type JsonFields, listOf } from "../Json.ts"
import { usageOf } from "../Usage.ts"

const cohereUsage = (value: unknown) => {
  const { billed_units, tokens } = fieldsOf(value)
  return usageOf(tokens ?? billed_units)
}

const messageOf = ({ delta }: JsonFields): JsonFields => fieldsOf(fieldsOf(delta).message)

const readers: ReadonlyMap<unknown, (json: JsonFields) => ChatPart> = new Map<
  unknown,
  (json: JsonFields) => ChatPart
>([
  ["message-start", () => silent],
  ["content-start", () => silent],
  ["content-delta", (json) => ({ says: wordsOf(messageOf(json).content) })],
  ["content-end", () => silent],
  ["tool-plan-delta", () => silent],
  ["tool-call-start", () => ({ callsTool: true })],
  ["tool-call-delta", () => silent],
  ["tool-call-end", () => silent],
  ["message-end", ({ delta }) => ({ usage: cohereUsage(fieldsOf(delta).usage) })]
])

const readFirstVersion = ({ event_type, response, text }: JsonFields): ChatPart => {
  if (event_type === "text-generation") return { says: wordsOf(text) }
  if (event_type !== "stream-end") return silent
  const { meta, text: whole } = fieldsOf(response)
  return { whole: wordsOf(whole), usage: cohereUsage(meta) }
}

export const readCohere: ReadFormat = (json) => {
  if (typeof json.event_type === "string") return readFirstVersion(json)
  const isFirstVersion = typeof json.generation_id === "string" && typeof json.text === "string"
  if (isFirstVersion) return { says: wordsOf(json.text), usage: cohereUsage(json.meta) }
  const { content, tool_calls } = fieldsOf(json.message)
  if (typeof json.finish_reason === "string" && isFields(json.message)) {
    const callsTool = listOf(tool_calls).length > 0
    return { says: wordsOf(content ?? undefined), callsTool, usage: cohereUsage(json.usage) }
  }
  return readers.get(json.type)?.(json)
}
