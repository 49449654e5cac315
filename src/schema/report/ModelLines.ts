/** The report's table by model, most used first. */
import { byCodeUnits, plus, total } from "./Counts.ts"
import { type ModelPrice, modelCost } from "./ModelPrice.ts"
import { byModel, type ModelTally } from "./ModelTally.ts"
import type { Named } from "./Named.ts"
import { percentiles } from "./Percentile.ts"
import { listLengthMax, type ModelLine, type WeeklyReport } from "./WeeklyReport.ts"

const lineOf = (model: string, tally: ModelTally, prices: ReadonlyArray<ModelPrice>): ModelLine => {
  const { answersUnknown, usd } = modelCost(model, tally, prices)
  const untold = tally.answers - total([...tally.usage.values()].map(({ answers }) => answers))
  return {
    model,
    questions: tally.answers,
    missed: tally.missed,
    p95Ms: percentiles(tally.latencies)?.p95 ?? 0,
    usd,
    unpriced: plus(untold, answersUnknown)
  }
}

type Entry = readonly [model: string, tally: ModelTally]

const mostUsedFirst = ([a, one]: Entry, [b, other]: Entry): number =>
  other.answers - one.answers || byCodeUnits(a, b)

/** The further models as one, with the costs that each has by its own price. */
const folded = (
  rest: ReadonlyArray<Entry>,
  { others }: Named<ModelTally>,
  prices: ReadonlyArray<ModelPrice>
) => {
  const together = byModel.add(byModel.empty(), others)
  for (const [, tally] of rest) byModel.add(together, tally)
  const lines = [
    ...rest.map(([name, tally]) => lineOf(name, tally, prices)),
    lineOf("", others, [])
  ]
  const { model: _, ...line } = lineOf("", together, [])
  return {
    ...line,
    usd: lines.reduce((usd, one) => usd + one.usd, 0),
    unpriced: total(lines.map(({ unpriced }) => unpriced))
  }
}

export const modelLines = (
  models: Named<ModelTally>,
  prices: ReadonlyArray<ModelPrice>,
  atMost = listLengthMax
): Pick<WeeklyReport, "models" | "otherModels"> => {
  const all = [...models.byName].sort(mostUsedFirst)
  const rest = all.slice(atMost)
  return {
    models: all.slice(0, atMost).map(([name, tally]) => lineOf(name, tally, prices)),
    ...(rest.length === 0 && models.others.answers === 0
      ? {}
      : { otherModels: folded(rest, models, prices) })
  }
}
