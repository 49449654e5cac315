/** A fixed sequence of numbers from 0 to 1 that looks random: the same in every run. */
const sequence = (seed: number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const slip = (word: string, at: number): string =>
  word.length < 5
    ? word
    : `${word.slice(0, at)}${word.charAt(at + 1)}${word.charAt(at)}${word.slice(at + 2)}`

/**
 * As many different questions as asked for: the beginning of one text and the end of another, with
 * a slip in every tenth word.
 */
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
