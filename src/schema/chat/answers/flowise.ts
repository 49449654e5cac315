/** Flowise and Langflow, whose streams say their `event` beside their `data`. */
import { type ChatPart, type ReadFormat, silent } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"
import { fieldsOf, listOf } from "../Json.ts"

/** The first token comes twice: with the start, and then as a token. */
const silentEvents = [
  "start",
  "metadata",
  "sourceDocuments",
  "usedTools",
  "artifacts",
  "agentReasoning",
  "agentFlowEvent",
  "agentFlowExecutedData",
  "nextAgent",
  "calledTools",
  "fileAnnotations",
  "thinking",
  "usageMetadata",
  "action",
  "tool",
  "add_message",
  "remove_message",
  "build_start",
  "end_vertex",
  "vertices_sorted",
  "end"
]

const langflowText = (value: unknown): string | undefined => {
  const first = fieldsOf(listOf(fieldsOf(listOf(fieldsOf(value).outputs)[0]).outputs)[0])
  const { message } = fieldsOf(first.results)
  return wordsOf(fieldsOf(message).text)
}

const whole = (value: unknown): ChatPart | undefined => {
  const text = langflowText(value)
  return text === undefined ? undefined : { whole: text }
}

export const readFlowise: ReadFormat = (json) => {
  if (json.event === undefined) return whole(json)
  if (!("data" in json) || typeof json.event !== "string") return undefined
  if (json.event === "token") return { says: wordsOf(fieldsOf(json.data).chunk ?? json.data) }
  if (json.event === "abort") return silent
  if (!silentEvents.includes(json.event)) return undefined
  return whole(fieldsOf(json.data).result) ?? silent
}
