/** Chooses the wording that stands for a group of questions: one that a person would choose. */
import { mostAskedFirst } from "./ComparedQuestions.ts"
import { questionTerms } from "./QuestionTerms.ts"

interface Asked {
  readonly question: string
  readonly count: number
}

/** Fewer capitals are an abbreviation such as "AWS", and a smaller share is a list of them. */
const shouted = { lettersMin: 4, shareMin: 0.8 }

/** A whole question has a subject and words around it, whatever its script. */
const wholeWordsMin = 3
const fillersMin = 2

const othersMax = 3

const lettersIn = (text: string, letter: RegExp): number => text.match(letter)?.length ?? 0

const isShouted = (text: string): boolean => {
  const [capitals, small] = [lettersIn(text, /\p{Lu}/gu), lettersIn(text, /\p{Ll}/gu)]
  return capitals >= shouted.lettersMin && capitals > shouted.shareMin * (capitals + small)
}

const isWhole = (text: string): boolean => {
  const { fillers, subject } = questionTerms(text)
  return (
    fillers.length + subject.length >= wholeWordsMin &&
    (fillers.length >= fillersMin || /[?？؟]\s*$/u.test(text))
  )
}

/** 0 for the best wording. */
const rankOf = ({ count, question }: Asked): number =>
  (count === 0 ? 4 : 0) + (isShouted(question) ? 2 : 0) + (isWhole(question) ? 0 : 1)

/**
 * Sorts wordings, the best first: asked in this week, not in capitals, whole questions before
 * keywords, and then the most asked.
 */
export const byWording = <A extends Asked>(wordings: ReadonlyArray<A>): ReadonlyArray<A> =>
  wordings.length < 2
    ? wordings
    : wordings
        .map((wording) => ({ rank: rankOf(wording), wording }))
        .sort((a, b) => a.rank - b.rank || mostAskedFirst(a.wording, b.wording))
        .map(({ wording }) => wording)

/** Other wordings that differ in more than case and signs, most asked first. */
export const otherWordings = (
  name: string,
  wordings: ReadonlyArray<Asked>
): ReadonlyArray<string> => {
  const seen = new Set([questionTerms(name).plain])
  const others: Array<string> = []
  for (const { count, question } of wordings) {
    if (others.length === othersMax) break
    const { plain } = questionTerms(question)
    if (count === 0 || seen.has(plain)) continue
    seen.add(plain)
    others.push(question)
  }
  return others
}
