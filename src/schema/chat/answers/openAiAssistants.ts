/** Threads and runs of OpenAI's Assistants, whose objects say what they are. */
import { type ReadFormat, silent } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"
import { fieldsOf, type JsonFields, listOf } from "../Json.ts"
import { usageOf } from "../Usage.ts"

const isAnswer = ({ object, role }: JsonFields): boolean =>
  object === "thread.message" && role === "assistant"

export const readOpenAiAssistants: ReadFormat = (json) => {
  if (json.object === "list") {
    // the newest message comes first
    const message = listOf(json.data).map(fieldsOf).find(isAnswer)
    return message === undefined ? undefined : { whole: wordsOf(message.content) }
  }
  if (typeof json.object !== "string" || !json.object.startsWith("thread")) return undefined
  if (json.object === "thread.message.delta") {
    return { says: wordsOf(fieldsOf(json.delta).content ?? []) }
  }
  if (isAnswer(json) && listOf(json.content).length > 0) return { whole: wordsOf(json.content) }
  if (json.object !== "thread.run") return silent
  const failed = json.status === "failed" || json.status === "expired"
  return { failed, callsTool: json.status === "requires_action", usage: usageOf(json.usage) }
}
