import { sequence } from "../sequence.ts"

const slip = (word: string, at: number): string =>
  word.length < 5
    ? word
    : `${word.slice(0, at)}${word.charAt(at + 1)}${word.charAt(at)}${word.slice(at + 2)}`

/** Joins the beginning of one text and the end of another, with a slip in every tenth word. */
export const manyQuestions = (
  texts: ReadonlyArray<string>,
  length: number
): ReadonlyArray<string> => {
  const next = sequence(1)
  const below = (limit: number) => Math.floor(next() * limit)
  const wordsOfAny = () => (texts[below(texts.length)] ?? "").split(/\s+/)
  const questions = new Set<string>()
  for (let tries = 0; questions.size < length && tries < 100 * length; tries++) {
    const [one, other] = [wordsOfAny(), wordsOfAny()]
    const words = [...one.slice(0, 1 + below(one.length)), ...other.slice(below(other.length))]
    questions.add(
      words.map((word) => (next() < 0.1 ? slip(word, 1 + below(word.length - 2)) : word)).join(" ")
    )
  }
  return [...questions]
}
