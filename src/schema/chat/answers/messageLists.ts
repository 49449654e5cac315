/** Chatbots such as Rasa that answer with a list of messages, one for each bubble. */
import type { ReadList } from "../ChatPart.ts"
import { fieldsOf, isFields } from "../Json.ts"
import { isSpokenEvent } from "./spokenNames.ts"

/** Voiceflow puts the words of a text into its payload. */
const bubbleOf = (value: unknown): unknown => {
  const { payload, type } = fieldsOf(value)
  return type === "text" && isFields(payload) ? payload.message : value
}

/** Reads the answer from those messages that are understood, a line for each. */
export const readMessageList: ReadList = (list, event, readInner) => {
  if (!isSpokenEvent(event) || !list.every(isFields)) return undefined
  const parts = list.flatMap((message) => readInner(bubbleOf(message)) ?? [])
  if (parts.length === 0) return undefined
  const texts = parts.flatMap(({ says, whole }) => says ?? whole ?? [])
  const says = texts.length === 0 ? undefined : texts.join("\n")
  return { ...Object.assign({}, ...parts), whole: undefined, says }
}
