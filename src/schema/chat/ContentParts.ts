import { fieldsOf, type JsonFields } from "./Json.ts"

/** Parts with these types hold words for a person; a part without a type may. */
const spoken = ["text", "output_text", "input_text", "text_delta", "refusal"]

/** `undefined` for a part that holds a picture, a thought, a call of a tool or its result. */
const wordsOfPart = (value: unknown): string | undefined => {
  if (typeof value === "string") return value
  const part = fieldsOf(value)
  const type = part.type ?? part.kind
  if (typeof type === "string" && !spoken.includes(type)) return undefined
  // a thought of Gemini
  if (part.thought === true) return undefined
  const words = part.text ?? part.refusal ?? (type === undefined ? undefined : part.content)
  const text = typeof words === "string" ? words : fieldsOf(words).value
  return typeof text === "string" ? text : undefined
}

/**
 * The words of a message's content: a text, a number, which models that answer with one send, a
 * part, or a list of parts. It is empty for a list without words, and `undefined` for no content.
 */
export const wordsOf = (content: unknown, between = ""): string | undefined => {
  if (typeof content === "string") return content
  if (typeof content === "number") return String(content)
  if (!Array.isArray(content)) return wordsOfPart(content)
  return content.flatMap((part) => wordsOfPart(part) ?? []).join(between)
}

export const hasPart = (content: unknown, is: (part: JsonFields) => boolean): boolean =>
  Array.isArray(content) && content.some((part) => is(fieldsOf(part)))
