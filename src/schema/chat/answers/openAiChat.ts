/** Chat completions of OpenAI and of all who speak like it, whole and in chunks. */
import type { ReadFormat } from "../ChatPart.ts"
import { silent } from "../ChatPart.ts"
import { wordsOf } from "../ContentParts.ts"
import { fieldsOf, isFields, type JsonFields, listOf } from "../Json.ts"
import { usageOf } from "../Usage.ts"

/** A page shows the first of several choices; some chatbots do not number their only one. */
const firstChoice = (choices: ReadonlyArray<unknown>): JsonFields | undefined =>
  choices.find((choice): choice is JsonFields => isFields(choice) && (choice.index ?? 0) === 0)

const contentOf = ({ audio, content, refusal }: JsonFields): string | undefined => {
  const words = wordsOf(content ?? undefined)
  const spoken = words === undefined || words === "" ? fieldsOf(audio).transcript : words
  return (
    (typeof spoken === "string" ? spoken : undefined) ??
    (typeof refusal === "string" ? refusal : words)
  )
}

const callsTool = ({ function_call, tool_calls }: JsonFields): boolean =>
  listOf(tool_calls).length > 0 || isFields(function_call)

export const readOpenAiChat: ReadFormat = (json) => {
  if (!Array.isArray(json.choices)) return undefined
  const usage = usageOf(json.usage ?? fieldsOf(json.x_groq).usage)
  const choice = firstChoice(json.choices)
  if (choice === undefined) return { ...silent, usage }
  // a chunk may repeat its whole message beside its delta
  const message = fieldsOf(choice.delta ?? choice.message)
  const text = typeof choice.text === "string" ? choice.text : undefined
  return {
    says: contentOf(message) ?? text,
    callsTool: callsTool(message),
    failed: choice.finish_reason === "error" || isFields(choice.error),
    usage
  }
}
