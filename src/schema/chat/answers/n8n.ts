/** The streaming chat of n8n: lines that begin, bring items, and end. */
import { type ReadFormat, silent } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"

export const readN8n: ReadFormat = ({ content, metadata, type }) => {
  if (type === "item" && content !== undefined) return { says: wordsOf(content) }
  return (type === "begin" || type === "end") && metadata !== undefined ? silent : undefined
}
