/** Finds the question in a chatbot's request by what the request says it is. */
import { depthMax, isFields, type JsonFields } from "./Json.ts"
import { askingIn } from "./requests/conversation.ts"
import { isGraphQl } from "./requests/graphQl.ts"
import { isJsonRpc, questionInJsonRpc } from "./requests/jsonRpc.ts"
import { namedIn, questionInFields } from "./requests/plainFields.ts"
import { isRegeneration } from "./requests/regeneration.ts"

/** Conversations of chatbots, Gemini, Responses, the AI SDK, Mistral and Assistants. */
const lists = ["messages", "contents", "input", "prompt", "inputs", "additional_messages"]

const read = (value: unknown, depth: number): string | undefined => {
  if (depth > depthMax || !isFields(value)) return undefined
  const json: JsonFields = value
  if (isJsonRpc(json)) return questionInJsonRpc(json)
  if (isRegeneration(json)) return undefined
  const inner = (each: unknown) => read(each, depth + 1)
  if (isGraphQl(json)) return inner(json.variables)
  for (const name of lists) {
    const asking = Array.isArray(json[name]) ? askingIn(json[name]) : undefined
    if (asking?._tag === "Asks") return asking.question
    if (asking?._tag === "FollowsUp") return undefined
    // the history may lack the new question, which stands beside it
    if (asking?._tag === "Answered") return namedIn(json) ?? asking.before
  }
  return questionInFields(json, inner)
}

/** Never throws. The result is `undefined` for JSON without a new question. */
export const readChatQuestion = (json: unknown): string | undefined => {
  try {
    if (!Array.isArray(json)) return read(json, 0)
    // the conversation itself, or a batch of calls, which asks in its first
    return read(isFields(json[0]) && "role" in json[0] ? { messages: json } : json[0], 0)
  } catch {
    return undefined
  }
}

/** True if the JSON has the form of a conversation, even if it holds no new question. */
export const isConversation = (json: unknown): boolean => {
  const first = Array.isArray(json) ? json[0] : json
  if (!isFields(first)) return false
  return (
    ["role", "jsonrpc", "trigger"].some((name) => name in first) ||
    lists.some((name) => Array.isArray(first[name]))
  )
}
