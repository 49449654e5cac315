/** What became of the gaps that the owner answered: closed, back again, or not asked since. */
import type { GapFate } from "../../../schema/report/GapFate.ts"
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { compact, count, plural, times } from "./Format.ts"
import type { QuestionList, QuestionRow } from "./QuestionList.ts"
import { cutAt, type Figure, figure } from "./ReportFigures.ts"
import { quoted } from "./VisitorText.ts"

const lengthMax = 10

/** The cell of the text part, and the words of the HTML part before the id. */
const told = {
  back: ["back", "back again"],
  closed: ["closed", "closed since last week"],
  quiet: ["not asked", "answered, but not asked since"]
} as const
type Told = keyof typeof told

const howOf = ({ asked, missed }: GapFate, fate: Told): ReadonlyArray<string> => {
  if (fate === "quiet") return []
  return [fate === "back" ? `missed ${times(missed)}` : `asked ${times(asked)}, not missed since`]
}

const rowOf = (gap: GapFate, fate: Told): QuestionRow => {
  const { asked, id, question } = gap
  const [cell, words] = told[fate]
  return {
    line: question === undefined ? {} : { question },
    question: question === undefined ? id : quoted(question),
    asked: compact(asked),
    cells: [cell, id],
    note: [words, ...howOf(gap, fate), id]
      .map((phrase) => phrase.replaceAll(" ", "\u00a0"))
      .join(" · "),
    others: [],
    last: undefined
  }
}

/** What was closed before is no news, and what is ignored shall not be told of. */
const inTurn = ["back", "closed", "quiet"] as const satisfies ReadonlyArray<Told>

/** Absent without news. */
export const ownGaps = ({ gaps = [] }: WeeklyReport): QuestionList | undefined => {
  const rows = inTurn.flatMap((fate) =>
    gaps.filter((gap) => gap.fate === fate).map((gap) => rowOf(gap, fate))
  )
  return rows.length === 0
    ? undefined
    : {
        title: "Gaps that you answered",
        caption: `A gap is closed once it was asked again and not missed.${cutAt(rows, lengthMax)}`,
        columns: ["became", "gap"],
        rows: rows.slice(0, lengthMax),
        countsAsked: true,
        none: ""
      }
}

/** The same without a word of a visitor. */
export const hiddenGaps = ({ gaps = [] }: WeeklyReport): ReadonlyArray<Figure> =>
  inTurn.flatMap((fate) => {
    const amount = gaps.filter((gap) => gap.fate === fate).length
    return amount === 0 ? [] : [figure(`Gaps: ${told[fate][1]}`, count(amount))]
  })

/** Ends the caption of the list that they are left out of. */
export const ignoredGaps = ({ gaps = [] }: WeeklyReport): string => {
  const amount = gaps.filter(({ fate, missed }) => fate === "ignored" && missed > 0).length
  return amount === 0 ? "" : ` ${plural(amount, "ignored gap is", "ignored gaps are")} left out.`
}
