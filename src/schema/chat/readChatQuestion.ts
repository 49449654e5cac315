import { fieldsOf } from "./JsonFields.ts"

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
 * The question in a chatbot's request: a field that chatbots call so, or the last message of the
 * user. `undefined` for JSON that asks nothing.
 */
export const readChatQuestion = (json: unknown): string | undefined => {
  const fields = fieldsOf(json)
  const named = names.map((name) => fields[name]).find((value) => typeof value === "string")
  return typeof named === "string" ? named : lastOfUser(fields.messages ?? fields.input)
}
