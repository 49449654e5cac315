/** Bounds the memory of a week of ever new questions, in the same way in every order of them. */
import { byCodeUnits } from "./Counts.ts"
import type { QuestionTally } from "./QuestionTally.ts"
import { textHash } from "./textHash.ts"

/** Some 200 MB, if each has 300 characters of two bytes. */
const questionsMax = 60_000

/** A tally may hold a few more for a while, because choosing takes time. */
export const questionsHeldMax = questionsMax * 1.25

interface Questions {
  readonly questions: Map<string, Pick<QuestionTally, "asked">>
  /** Questions that were let go. */
  unlisted: number
}

/**
 * Keeps the texts with the lowest hashes, and counts how often the others were asked. A text that
 * is let go stands above enough others, so it goes again whenever it comes back.
 */
export const boundQuestions = (tally: Questions, atMost = questionsMax): void => {
  const { questions } = tally
  if (questions.size <= atMost) return
  const hashes = new Map([...questions.keys()].map((text) => [text, textHash(text)]))
  const ranked = [...hashes].sort(([a, m], [b, n]) => m - n || byCodeUnits(a, b))
  for (const [text] of ranked.slice(atMost)) {
    tally.unlisted += questions.get(text)?.asked ?? 0
    questions.delete(text)
  }
}
