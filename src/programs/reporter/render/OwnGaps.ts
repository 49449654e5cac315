/** What became of the gaps that the owner answered: closed, back again, or not asked since. */
import type { GapFate } from "../../../schema/report/GapFate.ts"
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
import type { QuestionList, QuestionRow } from "./QuestionList.ts"
import { cutAt, type Figure, figure } from "./ReportFigures.ts"
import { quoted } from "./VisitorText.ts"

const lengthMax = 10

type Told = keyof Words["gaps"]["fates"]

const howOf = ({ asked, missed }: GapFate, fate: Told, { gaps }: Words): ReadonlyArray<string> => {
  if (fate === "quiet") return []
  return [fate === "back" ? gaps.missed(missed) : gaps.asked(asked)]
}

const rowOf = (gap: GapFate, fate: Told, words: Words): QuestionRow => {
  const { asked, id, question } = gap
  const { gaps, noText, numbers } = words
  return {
    line: question === undefined ? {} : { question },
    question: question === undefined ? id : quoted(question, undefined, noText),
    asked: numbers.compact(asked),
    cells: [gaps.cells[fate], id],
    note: [gaps.fates[fate], ...howOf(gap, fate, words), id]
      .map((phrase) => phrase.replaceAll(" ", "\u00a0"))
      .join(" · "),
    others: [],
    last: undefined
  }
}

/** What was closed before is no news, and what is ignored shall not be told of. */
const inTurn = ["back", "closed", "quiet"] as const satisfies ReadonlyArray<Told>

/** Absent without news. */
export const ownGaps = ({ gaps = [] }: WeeklyReport, words: Words): QuestionList | undefined => {
  const rows = inTurn.flatMap((fate) =>
    gaps.filter((gap) => gap.fate === fate).map((gap) => rowOf(gap, fate, words))
  )
  const { caption, columns, title } = words.gaps
  return rows.length === 0
    ? undefined
    : {
        title,
        caption: `${caption}${cutAt(rows, lengthMax, words)}`,
        columns: [columns.became, columns.gap],
        rows: rows.slice(0, lengthMax),
        countsAsked: true,
        none: ""
      }
}

/** The same without a word of a visitor. */
export const hiddenGaps = ({ gaps = [] }: WeeklyReport, words: Words): ReadonlyArray<Figure> =>
  inTurn.flatMap((fate) => {
    const amount = gaps.filter((gap) => gap.fate === fate).length
    return amount === 0
      ? []
      : [figure(words.hidden.gaps(words.gaps.fates[fate]), words.numbers.count(amount))]
  })

/** Ends the caption of the list that they are left out of. */
export const ignoredGaps = ({ gaps = [] }: WeeklyReport, { list }: Words): string => {
  const amount = gaps.filter(({ fate, missed }) => fate === "ignored" && missed > 0).length
  return amount === 0 ? "" : list.ignored(amount)
}
