import { fieldsOf } from "./ChatMessage.ts"

const textOf = (content: unknown): string | undefined => {
  if (typeof content === "string") return content
  if (!Array.isArray(content)) return undefined
  const texts = content.flatMap((part) => textOf(fieldsOf(part).text) ?? [])
  return texts.length === 0 ? undefined : texts.join("\n")
}

const lastOfUser = (messages: unknown): string | undefined =>
  Array.isArray(messages)
    ? textOf(fieldsOf(messages.findLast((message) => fieldsOf(message).role === "user")).content)
    : undefined

const names = ["query", "question", "message", "prompt", "input", "text"]

/**
 * Finds the question of a chatbot's request in a field with a usual name, or in the user's last
 * message; `undefined` for JSON without a question.
 */
export const readChatQuestion = (json: unknown): string | undefined => {
  const fields = fieldsOf(json)
  const named = names.map((name) => fields[name]).find((value) => typeof value === "string")
  return typeof named === "string" ? named : lastOfUser(fields.messages ?? fields.input)
}
