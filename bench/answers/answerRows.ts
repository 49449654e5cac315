import { compared, type Measure } from "../Measure.ts"
import { saysUnknownFormerly } from "./formerExpressions.ts"
import type { LabelledAnswer } from "./LabelledAnswers.ts"

export interface JudgedAnswer extends LabelledAnswer {
  readonly judged: boolean
}

const share = (answers: ReadonlyArray<JudgedAnswer>): number =>
  answers.filter(({ judged }) => judged).length / answers.length

const formerly = (answers: ReadonlyArray<JudgedAnswer>): ReadonlyArray<JudgedAnswer> =>
  answers.map((answer) => ({ ...answer, judged: saysUnknownFormerly(answer.text) }))

interface Aims {
  readonly found: number
  readonly taken: number
}

const rowsOf = (
  part: string,
  answers: ReadonlyArray<JudgedAnswer>,
  aims: Aims | undefined
): ReadonlyArray<Measure> => {
  const side = (refused: boolean) => answers.filter((answer) => answer.refused === refused)
  const shares = (own: ReadonlyArray<JudgedAnswer>) => ({
    ours: share(own),
    reference: share(formerly(own))
  })
  const [refusals, real] = [side(true), side(false)]
  const rows: Array<Measure> = []
  if (refusals.length > 0) {
    const row = compared(`refusals found${part}`, { ...shares(refusals), better: "more" })
    rows.push(aims === undefined ? row : { ...row, target: `aim ≥ ${aims.found}` })
  }
  if (real.length > 0) {
    const row = compared(`answers taken for refusals${part}`, { ...shares(real), better: "less" })
    rows.push(aims === undefined ? row : { ...row, target: `aim ≤ ${aims.taken}` })
  }
  return rows
}

/** Shares of all texts, of the English ones and of all others, beside the former expressions. */
export const answerRows = (
  answers: ReadonlyArray<JudgedAnswer>,
  hasAims = false
): ReadonlyArray<Measure> => {
  const english = answers.filter(({ language }) => language === "en")
  const others = answers.filter(({ language }) => language !== "en")
  const whole = rowsOf("", answers, undefined)
  if (english.length === 0 || others.length === 0) return whole
  return [
    ...whole,
    ...rowsOf(", English", english, hasAims ? { found: 0.92, taken: 0.03 } : undefined),
    ...rowsOf(", other languages", others, hasAims ? { found: 0.85, taken: 0.03 } : undefined)
  ]
}
