/** Conversations that come as a list, the new question at its end. */
import { hasPart, wordsOf } from "../ContentParts.ts"
import { fieldsOf, type JsonFields, listOf, textIn } from "../Json.ts"

/** The end of a conversation: a question, the result of a tool, or words of the chatbot. */
export type Asking =
  | { readonly _tag: "Asks"; readonly question: string }
  | { readonly _tag: "FollowsUp" }
  /** The chatbot spoke last; `before` is the visitor's message that it answered. */
  | { readonly _tag: "Answered"; readonly before: string | undefined }

const visitors = /^(?:user|human|humanmessage|humanmessagechunk|customer|visitor|client|me)$/i
const bots = /^(?:assistant|ai|aimessage|aimessagechunk|model|bot|agent|chatbot)$/i
const instructions = /^(?:system|developer|systemmessage)$/i

/** LangChain sends pairs of a role and a text, and messages with their fields inside. */
const unwrapped = (message: unknown): JsonFields => {
  if (typeof message === "string") return { content: message }
  if (Array.isArray(message)) return { role: message[0], content: message[1] }
  const fields = fieldsOf(message)
  if (fields.lc !== 1) return fields
  return { role: listOf(fields.id).at(-1), ...fieldsOf(fields.kwargs) }
}

const roleOf = ({ author, from, isUser, role, sender, type }: JsonFields): string | undefined => {
  if (isUser === true) return "user"
  const named = [role, sender, from, author, fieldsOf(author).role].find(
    (each) => typeof each === "string"
  )
  if (typeof named === "string") return named
  // a type like "function_call_output" tells the sender, and one like "message" does not
  return typeof type === "string" && type !== "message" && type !== "text" ? type : undefined
}

/** Visitors may send several parts, of which each is a line. */
export const contentOf = ({ content, message, parts, text }: JsonFields): string | undefined =>
  [content, parts, text, message].flatMap((each) => textIn(wordsOf(each, "\n")) ?? [])[0]

const isToolPart = ({ functionResponse, toolResult, type }: JsonFields): boolean =>
  functionResponse !== undefined ||
  toolResult !== undefined ||
  (typeof type === "string" && /^(?:tool|dynamic-tool|function)/.test(type))

const usesTool = (message: JsonFields): boolean =>
  listOf(message.tool_calls).length > 0 ||
  listOf(message.toolInvocations).length > 0 ||
  hasPart(message.parts, isToolPart) ||
  hasPart(message.content, isToolPart)

const isInstruction = (message: JsonFields): boolean => instructions.test(roleOf(message) ?? "")

/** Returns `undefined` for a message of another sender, or with the result of a tool. */
export const questionOfMessage = (message: JsonFields): string | undefined => {
  const role = roleOf(message)
  const isVisitors = role === undefined || visitors.test(role)
  return isVisitors && !usesTool(message) ? contentOf(message) : undefined
}

const beforeAnswer = (messages: ReadonlyArray<JsonFields>): string | undefined => {
  const asked = messages.findLast((message) => visitors.test(roleOf(message) ?? ""))
  return asked === undefined ? undefined : questionOfMessage(asked)
}

/** Returns `undefined` for a list without messages. */
export const askingIn = (list: unknown): Asking | undefined => {
  const messages = listOf(list)
    .map(unwrapped)
    .filter((message) => !isInstruction(message))
  const last = messages.at(-1)
  if (last === undefined) return undefined
  if (bots.test(roleOf(last) ?? "")) {
    // pages that run tools send their results as parts of the chatbot's message
    return { _tag: "Answered", before: usesTool(last) ? undefined : beforeAnswer(messages) }
  }
  const question = questionOfMessage(last)
  return question === undefined ? { _tag: "FollowsUp" } : { _tag: "Asks", question }
}
