/** Ollama's own interface, whole and as lines; `done` tells it from other chatbots. */
import type { ReadFormat } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"
import { fieldsOf, listOf } from "../Json.ts"
import { usageOf } from "../Usage.ts"

export const readOllama: ReadFormat = (json) => {
  if (typeof json.model !== "string" || typeof json.done !== "boolean") return undefined
  const { content, tool_calls } = fieldsOf(json.message)
  return {
    says: wordsOf(content ?? json.response ?? undefined),
    callsTool: listOf(tool_calls).length > 0,
    usage: usageOf(json)
  }
}
