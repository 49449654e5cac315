/** The Messages interface of Anthropic, whole and as events, and its older completions. */
import { type ChatPart, type ReadFormat, silent } from "../ChatPart.ts"
import { hasPart, wordsOf } from "../ContentParts.ts"
import { fieldsOf, type JsonFields } from "../Json.ts"
import { type Usage, usageOf } from "../Usage.ts"

const isToolUse = ({ type }: JsonFields): boolean => type === "tool_use"

/** The output that the start tells is where the count begins, and no count of the answer. */
const usageAtStart = (value: unknown): Usage | undefined => {
  const { output: _, ...usage } = usageOf(value) ?? {}
  return usage
}

const readers: ReadonlyMap<unknown, (json: JsonFields) => ChatPart> = new Map<
  unknown,
  (json: JsonFields) => ChatPart
>([
  [
    "message_start",
    ({ message }) => {
      const { model, usage } = fieldsOf(message)
      return { model, usage: usageAtStart(usage) }
    }
  ],
  [
    "content_block_start",
    ({ content_block }) => {
      const block = fieldsOf(content_block)
      return { says: wordsOf(block), callsTool: isToolUse(block) }
    }
  ],
  ["content_block_delta", ({ delta }) => ({ says: wordsOf(fieldsOf(delta)) })],
  ["content_block_stop", () => silent],
  ["message_delta", ({ usage }) => ({ usage: usageOf(usage) })],
  ["message_stop", () => silent],
  ["ping", () => silent]
])

export const readAnthropic: ReadFormat = (json) => {
  if (json.type === "completion") return { says: wordsOf(json.completion) }
  if (json.type === "message" && json.role === "assistant" && Array.isArray(json.content)) {
    const { content, usage } = json
    return { says: wordsOf(content), callsTool: hasPart(content, isToolUse), usage: usageOf(usage) }
  }
  return readers.get(json.type)?.(json)
}
