import type { Answer, KnownAnswer } from "../Answer.ts"
import { type Judge, makeJudge } from "./judge/Judge.ts"
import { trainedJudge } from "./judge/trainedJudge.ts"

/** Unpacked with the first text, because a start may need none. */
let judge: Judge | undefined

/**
 * Tells whether a text says that it cannot answer: it does not know, has no information, may not
 * say, or sends the reader elsewhere. It reads only the beginning of a long text.
 */
export const saysUnknown = (text: string): boolean => {
  judge ??= makeJudge(trainedJudge)
  return judge.refusal(text) > 0
}

/**
 * Adds how well an answer covers its question to the known facts. If the chatbot does not rate the
 * answer, its words decide: an admission of ignorance is "none", any other text "full".
 */
export const judgeAnswer = (text: string, known: KnownAnswer): Answer => {
  const fallback = text.trim() === "" || saysUnknown(text) ? "none" : "full"
  return { matchType: fallback, ...known, text }
}
