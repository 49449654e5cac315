/** Questions in a field with a usual name, perhaps inside of an envelope. */
import { fieldsOf, isFields, type JsonFields, textIn } from "../Json.ts"
import { contentOf, questionOfMessage } from "./conversation.ts"

/** Names that a visitor's words have, and not the instructions of a chatbot. */
export const names = [
  "question",
  "query",
  "chatInput",
  "userInput",
  "user_input",
  "userMessage",
  "user_message",
  "userQuery",
  "user_query",
  "human_input",
  "utterance",
  "message",
  "prompt",
  "input",
  "inputs",
  "inputText",
  "contents",
  "text",
  "q",
  "content",
  "msg",
  "ask"
]
const envelopes = ["input", "inputs", "contents", "json", "0", "data", "body", "payload", "params"]

export const namedIn = (json: JsonFields): string | undefined =>
  names.flatMap((name) => textIn(json[name]) ?? [])[0]

/** A message that comes without those before it. */
const singleIn = ({ message, newMessage }: JsonFields): string | undefined => {
  const single = message ?? newMessage
  return isFields(single) ? questionOfMessage(single) : undefined
}

/** Voiceflow and Dialogflow wrap a text in the kind of its input. */
const typedIn = ({ action, queryInput, request }: JsonFields): string | undefined => {
  const typed = fieldsOf(action ?? request)
  if (typed.type === "text") return textIn(typed.payload)
  return textIn(fieldsOf(fieldsOf(queryInput).text).text)
}

/** A record of an event, which a webhook brings. */
const isEvent = ({ object }: JsonFields): boolean => object === "event"

export const questionInFields = (
  json: JsonFields,
  readInner: (value: unknown) => string | undefined
): string | undefined => {
  if (isEvent(json)) return undefined
  const isVisitors = questionOfMessage({ role: json.role, content: "?" }) !== undefined
  if (!isVisitors) return undefined
  const named = namedIn(json) ?? singleIn(json) ?? typedIn(json) ?? contentOf(json)
  if (named !== undefined) return named
  for (const name of envelopes) {
    const inner = isFields(json[name]) ? readInner(json[name]) : undefined
    if (inner !== undefined) return inner
  }
  return undefined
}
