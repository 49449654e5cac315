import type { KnownAnswer } from "../Answer.ts"
import { AnswerReading } from "./AnswerReading.ts"
import { readChatMessage } from "./readChatMessage.ts"

/** Reads an answer that came whole, as any JSON; the text of one that failed is empty. */
export const readAnswer = (json: unknown, known: KnownAnswer = {}) => {
  const reading = new AnswerReading(known)
  reading.add(readChatMessage(json))
  reading.end()
  return { text: reading.failed ? "" : reading.text, known: reading.known }
}
