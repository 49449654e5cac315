import type { ModelLine, WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
import { cutAt, type Figure, type Figures, figure, shortListMax } from "./ReportFigures.ts"
import { quoted } from "./VisitorText.ts"

type ModelFigures = Omit<ModelLine, "model">

const priceWords = (
  { questions, unpriced, usd }: ModelFigures,
  { cost, models, numbers }: Words
): string => {
  if (unpriced === 0) return numbers.usd(usd)
  return unpriced >= questions || usd <= 0 ? models.costUnknown : cost.atLeast(numbers.usd(usd))
}

/** Absent for one model alone, whose figures are those of the week. */
export const modelTable = (
  { models, otherModels, tokens }: WeeklyReport,
  words: Words
): Figures | undefined => {
  if (models.length <= 1 && otherModels === undefined) return undefined
  const { models: said, noText, numbers } = words
  const rowOf = (label: string, line: ModelFigures): Figure =>
    figure(
      label,
      numbers.count(line.questions),
      [
        said.missed(line.missed),
        // no time was told
        ...(line.p95Ms === 0 ? [] : [said.within(numbers.duration(line.p95Ms))]),
        ...(tokens.answers > 0 ? [priceWords(line, words)] : [])
      ].join(", ")
    )
  return {
    title: said.title,
    caption: `${said.caption}${cutAt(models, shortListMax, words)}`,
    columns: [said.columns.model, said.columns.questions],
    rows: [
      ...models
        .slice(0, shortListMax)
        .map((line) =>
          rowOf(line.model === "" ? said.untold : quoted(line.model, 30, noText), line)
        ),
      ...(otherModels === undefined ? [] : [rowOf(said.further, otherModels)])
    ]
  }
}
