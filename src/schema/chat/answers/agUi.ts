/** AG-UI, the events of CopilotKit and of agents that speak with pages. */
import { type ReadFormat, silent } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"

const prefixes = /^(?:TEXT_MESSAGE|TOOL_CALL|RUN|STEP|STATE|MESSAGES|THINKING|REASONING)_[A-Z_]+$/

export const readAgUi: ReadFormat = ({ delta, type }) => {
  if (typeof type !== "string" || !prefixes.test(type)) return undefined
  if (type === "RUN_ERROR") return { failed: true }
  if (type === "TOOL_CALL_START") return { callsTool: true }
  const isText = type === "TEXT_MESSAGE_CONTENT" || type === "TEXT_MESSAGE_CHUNK"
  return isText ? { says: wordsOf(delta) } : silent
}
