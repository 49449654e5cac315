import type { ModelLine, WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { count, duration, usd } from "./Format.ts"
import { cutAt, type Figure, type Figures, figure, shortListMax } from "./ReportFigures.ts"
import { quoted } from "./VisitorText.ts"

type ModelFigures = Omit<ModelLine, "model">

const priceWords = ({ questions, unpriced, usd: known }: ModelFigures): string => {
  if (unpriced === 0) return usd(known)
  return unpriced >= questions || known <= 0 ? "cost unknown" : `at least ${usd(known)}`
}

const modelRow = (label: string, line: ModelFigures, isPriced: boolean): Figure =>
  figure(
    label,
    count(line.questions),
    [
      `${count(line.missed)} missed`,
      // no time was told
      ...(line.p95Ms === 0 ? [] : [`95 of 100 within ${duration(line.p95Ms)}`]),
      ...(isPriced ? [priceWords(line)] : [])
    ].join(", ")
  )

/** Absent for one model alone, whose figures are those of the week. */
export const modelTable = ({ models, otherModels, tokens }: WeeklyReport): Figures | undefined => {
  if (models.length <= 1 && otherModels === undefined) return undefined
  const isPriced = tokens.answers > 0
  return {
    title: "Models",
    caption: `Questions by the model that answered, or failed to.${cutAt(models, shortListMax)}`,
    columns: ["Model", "Questions"],
    rows: [
      ...models
        .slice(0, shortListMax)
        .map((line) =>
          modelRow(line.model === "" ? "No model told" : quoted(line.model, 30), line, isPriced)
        ),
      ...(otherModels === undefined ? [] : [modelRow("Further models", otherModels, isPriced)])
    ]
  }
}
