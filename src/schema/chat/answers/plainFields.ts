/** Chatbots that their owners wrote, which answer in a field with a usual name. */
import { type ChatPart, type ReadFormat, type ReadInner, silent } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"
import type { JsonFields } from "../Json.ts"
import { placeOf } from "./spokenNames.ts"

/** Names that hold an answer and little else. */
const answers = [
  "answer",
  "reply",
  "response",
  "output_text",
  "outputText",
  "completion",
  "generated_text",
  "fulfillmentText",
  "botResponse",
  "bot_response",
  "botMessage",
  "bot",
  "assistant"
]
const texts = ["output", "text", "content"]
/** Envelopes of other JSON, of which some say "ok" in a message beside it. */
const envelopes = [
  "data",
  "result",
  "json",
  "answer",
  "reply",
  "output",
  "message",
  "response",
  "delta",
  "body",
  "payload",
  "queryResult",
  "responses",
  "outputs",
  "replies",
  "messages"
]
/** Names that hold an answer where no better name stands beside them. */
const remaining = ["result", "data", "message", "msg", "token", "chunk", "delta", "value", "body"]

const find = (json: JsonFields, names: ReadonlyArray<string>): string | undefined => {
  const found = names.flatMap((name) => {
    const value = json[name]
    return typeof value === "string" || typeof value === "number" || Array.isArray(value)
      ? (wordsOf(value) ?? [])
      : []
  })
  return found.find((text) => text !== "") ?? found[0]
}

const inEnvelope = (json: JsonFields, readInner: ReadInner): ChatPart | undefined => {
  for (const name of envelopes) {
    const value = json[name]
    const part = typeof value === "object" && value !== null ? readInner(value) : undefined
    if (part !== undefined) return part
  }
  return undefined
}

const others = /^(?:user|human|system|developer|tool|function)$/i

export const readPlainFields: ReadFormat = (json, event, readInner) => {
  if (others.test(String(json.role ?? json.sender))) return silent
  const place = placeOf([json.type, json.event, json.object, json.kind, event])
  if (place === "silent") return silent
  const key = place === "whole" ? "whole" : "says"
  const told = find(json, place === "unknown" ? answers : [...answers, ...texts])
  if (told !== undefined && told !== "") return { [key]: told }
  const inner = inEnvelope(json, readInner)
  if (inner !== undefined) return inner
  // a message of the AI SDK
  if (json.role !== undefined && Array.isArray(json.parts)) return { says: wordsOf(json.parts) }
  const rest = told ?? (place === "unknown" ? undefined : find(json, remaining))
  return rest === undefined ? undefined : { [key]: rest }
}
