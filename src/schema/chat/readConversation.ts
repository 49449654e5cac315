/** Finds what a chatbot's request tells of its conversation: an id, and how many questions. */
import { fieldsOf } from "./Json.ts"

type Fields = ReturnType<typeof fieldsOf>

/** Each part is absent when the request does not tell it. */
export interface ConversationHints {
  readonly conversationId?: string
  /** Which question of the conversation this is, from 1. */
  readonly turn?: number
}

/** Names of ids, without case and separators; an earlier one counts before a later one. */
const idNames = ["sessionid", "conversationid", "threadid", "chatid", "contextid"]

/** Names that may as well hold the words of a conversation. */
const looseNames = ["conversation", "thread", "session"]

/** Envelopes of RPC, agents, graphs and widgets; "0" is the first call of a batch. */
const envelopes = [
  ...["json", "0", "params", "input", "data", "body", "payload", "variables", "message"],
  ...["config", "configurable", "overrideConfig", "memory", "metadata", "context"]
]

const depthMax = 4

/** The request's objects, outermost first. */
const placesIn = (json: unknown): ReadonlyArray<Fields> => {
  const places = [fieldsOf(json)]
  let level = places
  for (let depth = 1; depth <= depthMax; depth += 1) {
    level = level.flatMap((place) => envelopes.map((name) => fieldsOf(place[name])))
    level = level.filter((place) => Object.keys(place).length > 0)
    places.push(...level)
  }
  return places
}

const firstOf = <A>(places: ReadonlyArray<Fields>, find: (place: Fields) => A | undefined) => {
  for (const place of places) {
    const found = find(place)
    if (found !== undefined) return found
  }
  return undefined
}

/** Every visitor may have these: placeholders, counters of a page, and ids of React's `useId`. */
const shared = /^(?:null|undefined|none|new|default|chat|-?\d{1,3}|chat-\d{1,3}|[:«_]r\w*[:»_])$/i

const idLengthMax = 512

const idOf = (value: unknown): string | undefined => {
  const id = fieldsOf(value).id ?? value
  const text = typeof id === "number" ? String(id) : id
  if (typeof text !== "string" || text.length > idLengthMax) return undefined
  const trimmed = text.trim()
  return trimmed === "" || shared.test(trimmed) ? undefined : trimmed
}

const wordOf = (value: unknown): string | undefined => {
  const id = idOf(value)
  return id === undefined || /\s/.test(id) ? undefined : id
}

const plainNameOf = (name: string): string => name.toLowerCase().replace(/[_-]/g, "")

const namedIdIn = (place: Fields): string | undefined => {
  const fields = new Map(Object.entries(place).map(([name, value]) => [plainNameOf(name), value]))
  const ids = idNames.map((name) => idOf(fields.get(name)))
  const words = looseNames.map((name) => wordOf(fields.get(name)))
  return [...ids, ...words].find((id) => id !== undefined)
}

/** The AI SDK names a chat by a bare `id`, which stands for the call in JSON-RPC. */
const chatIdOf = ({ id, jsonrpc, message, messages, object }: Fields): string | undefined => {
  const isChat = Array.isArray(messages) || (typeof message === "object" && message !== null)
  return isChat && jsonrpc === undefined && object === undefined ? idOf(id) : undefined
}

const visitors = /^(?:(?:role_)?user|usermessage|human|humanmessage(?:chunk)?|visitor|customer)$/i

const matches = (pattern: RegExp, value: unknown): boolean =>
  typeof value === "string" && pattern.test(value)

/** LangChain writes pairs of a role and a text, or a class with the fields inside. */
const messageOf = (message: unknown): Fields => {
  if (Array.isArray(message)) return { role: message[0], content: message[1] }
  const { id, kwargs, lc } = fieldsOf(message)
  if (lc !== 1) return fieldsOf(message)
  return { role: Array.isArray(id) ? id.at(-1) : undefined, ...fieldsOf(kwargs) }
}

/** A tool's result comes in the name of the visitor, who did not ask it. */
const isResult = (part: unknown): boolean => {
  const { functionResponse, toolResult, type } = fieldsOf(part)
  return (functionResponse ?? toolResult) !== undefined || matches(/tool|function/i, type)
}

const isVisitors = (message: unknown): boolean => {
  const { content, parts, role, sender, type } = messageOf(message)
  const list = Array.isArray(content) ? content : parts
  const isTools = Array.isArray(list) && list.length > 0 && list.every(isResult)
  return !isTools && [role, sender, type].some((name) => matches(visitors, name))
}

const questionsIn = (place: Fields): number | undefined => {
  for (const name of ["messages", "contents", "input", "prompt"]) {
    const list = place[name]
    if (Array.isArray(list) && isVisitors(list.at(-1))) return list.filter(isVisitors).length
  }
  for (const name of ["history", "chat_history", "chatHistory"]) {
    const list = place[name]
    // the new question stands beside the history
    if (Array.isArray(list) && !isVisitors(list.at(-1))) return list.filter(isVisitors).length + 1
  }
  return undefined
}

/** A chatbot that keeps the conversation itself is sent its last messages alone. */
const isKept = (place: Fields, questions: number): boolean =>
  place.previous_response_id != null ||
  place.conversation != null ||
  (questions === 1 && (place.thread_id ?? place.threadId) != null)

const turnIn = (places: ReadonlyArray<Fields>): number | undefined => {
  const questions = firstOf(places, questionsIn)
  if (questions === undefined || places.some((place) => isKept(place, questions))) return undefined
  return questions
}

/** Accepts any JSON, and leaves out the parts that it does not tell. */
export const readConversation = (json: unknown): ConversationHints => {
  const places = placesIn(json)
  const conversationId = firstOf(places, namedIdIn) ?? firstOf(places, chatIdOf)
  const turn = turnIn(places)
  return {
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(turn === undefined ? {} : { turn })
  }
}
