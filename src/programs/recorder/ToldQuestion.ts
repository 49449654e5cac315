/** What an owner tells of a question; values that cannot be right are left out. */
import { fieldsOf } from "../../schema/chat/Json.ts"
import type { ToldQuestion } from "./Package.d.ts"
import { nameIn } from "./ToldAnswer.ts"

export const turnIn = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && Number(value) >= 1 ? Number(value) : undefined

/** Takes a text, or an object that an owner's code may have made of anything. */
export const toldQuestionIn = (value: unknown): ToldQuestion | undefined => {
  const { question, session, turn } =
    typeof value === "string" ? { question: value } : fieldsOf(value)
  const text = nameIn(question)
  if (text === undefined) return undefined
  return { question: text, session: nameIn(session), turn: turnIn(turn) }
}
