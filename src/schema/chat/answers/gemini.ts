/** Gemini's `generateContent` and `streamGenerateContent`, as events and as one list. */
import { type ReadFormat, type ReadList, silent } from "../ChatPart.ts"
import { hasPart, wordsOf } from "../ContentParts.ts"
import { fieldsOf, isFields, listOf } from "../Json.ts"
import { usageOf } from "../Usage.ts"

export const readGemini: ReadFormat = (json) => {
  const isGemini = Array.isArray(json.candidates) || isFields(json.usageMetadata)
  if (!isGemini && !isFields(json.promptFeedback)) return undefined
  const known = { model: json.modelVersion, usage: usageOf(json.usageMetadata) }
  const candidate = listOf(json.candidates)
    .map(fieldsOf)
    .find(({ index = 0 }) => index === 0)
  // the last message may only tell that the answer has ended
  const { parts } = fieldsOf(candidate?.content)
  if (parts === undefined) return { ...silent, ...known }
  const callsTool = hasPart(parts, (part) => part.functionCall !== undefined)
  return { ...known, says: wordsOf(parts), callsTool }
}

/** A stream of Gemini is a list of its messages, unless it was asked for events. */
export const readGeminiList: ReadList = (list, _event, readInner) => {
  if (!list.some((message) => Array.isArray(fieldsOf(message).candidates))) return undefined
  const parts = list.flatMap((message) => readInner(message) ?? [])
  return Object.assign({}, ...parts, { says: parts.map(({ says }) => says ?? "").join("") })
}
