/** How fast and how well the bot answered, and what it cost. */
import { total } from "../../../schema/report/Counts.ts"
import { answersWithoutTokens, type WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
import type { Fact, Facts } from "./Facts.ts"
import type { Movements } from "./Movements.ts"
import { quoted } from "./VisitorText.ts"

const fact = (label: string, value: string | undefined): ReadonlyArray<Fact> =>
  value === undefined ? [] : [{ label, value }]

const answerTime = (
  { latencyMs }: WeeklyReport,
  { answers, numbers: { duration } }: Words
): string | undefined =>
  latencyMs &&
  answers.times(duration(latencyMs.p50), duration(latencyMs.p95), duration(latencyMs.p99))

/** Pairs the report's ten steps, best first; absent when no answer told a score. */
const matches = (
  { scores }: WeeklyReport,
  { answers: { scoreNames }, numbers }: Words
): string | undefined => {
  if (scores.every((answers) => answers === 0)) return undefined
  const steps = scoreNames.map((name, at) => {
    const answers = (scores[2 * at] ?? 0) + (scores[2 * at + 1] ?? 0)
    return `${numbers.count(answers)} ${name}`
  })
  return steps.reverse().join(", ")
}

/** A sentence; empty when no answer told its tokens. */
export const tokenWords = (report: WeeklyReport, { about }: Words): string => {
  const { answers, cachedInput, cacheWrites, input, output, reasoning } = report.tokens
  if (answers === 0) return ""
  if (input + output === 0) return answersWithoutTokens(report) > 0 ? "" : about.noTokens
  return about.tokens(
    about.read(input, cachedInput, cacheWrites),
    about.written(output, reasoning),
    (input + output) / answers
  )
}

/** A cost that is not known whole is shown beside the other week's, without a change. */
const costChange = ({ before, words: change }: Movements["cost"], words: Words): string => {
  const { cost, numbers } = words
  if (before === numbers.none || before === cost.unknown) return ""
  const told = cost.before(before)
  return change === numbers.none ? `; ${told}` : `, ${change} (${told})`
}

/** Absent when no answer told its tokens, because the cost is unknown then. */
const cost = (report: WeeklyReport, moved: Movements["cost"], words: Words): string | undefined => {
  const untold = answersWithoutTokens(report)
  const unpriced = total(report.cost.unknown.map(({ answers }) => answers))
  return report.tokens.answers === 0
    ? undefined
    : [
        `${moved.now}${costChange(moved, words)}`,
        ...(untold > 0 ? [words.cost.untold(untold)] : []),
        ...(unpriced > 0 ? [words.cost.unpriced(unpriced)] : [])
      ].join("; ")
}

/** Where several models answered, a table names them. */
const model = ({ models, otherModels }: WeeklyReport, { noText }: Words): string | undefined => {
  const [only, ...others] = models
  const isAlone = others.length === 0 && otherModels === undefined
  return isAlone && only !== undefined && only.model !== ""
    ? quoted(only.model, 60, noText)
    : undefined
}

/** Absent in a week without answers. */
export const answerFacts = (
  report: WeeklyReport,
  moved: Movements["cost"],
  words: Words
): Facts | undefined => {
  const { answers } = words
  const rows = [
    ...fact(answers.ready, answerTime(report, words)),
    ...fact(answers.scores, matches(report, words)),
    ...fact(answers.model, model(report, words)),
    ...fact(answers.cost, cost(report, moved, words))
  ]
  return rows.length === 0 ? undefined : { title: answers.title, caption: answers.caption, rows }
}
