/** How fast and how well the bot answered, and what it cost. */
import { total } from "../../../schema/report/Counts.ts"
import { answersWithoutTokens, type WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Fact, Facts } from "./Facts.ts"
import { count, duration, plural } from "./Format.ts"
import type { Movements } from "./Movements.ts"
import { quoted } from "./VisitorText.ts"

const fact = (label: string, value: string | undefined): ReadonlyArray<Fact> =>
  value === undefined ? [] : [{ label, value }]

const answerTime = ({ latencyMs }: WeeklyReport): string | undefined =>
  latencyMs &&
  `half within ${duration(latencyMs.p50)}, 95 of 100 within ${duration(latencyMs.p95)}, ` +
    `99 of 100 within ${duration(latencyMs.p99)}`

const scoreWords = ["none", "weak", "fair", "good", "strong"]

/** Pairs the report's ten steps, best first; absent when no answer told a score. */
const matches = ({ scores }: WeeklyReport): string | undefined => {
  if (scores.every((answers) => answers === 0)) return undefined
  const steps = scoreWords.map((word, at) => {
    const answers = (scores[2 * at] ?? 0) + (scores[2 * at + 1] ?? 0)
    return `${count(answers)} ${word}`
  })
  return steps.reverse().join(", ")
}

const some = (tokens: number, words: string): string =>
  tokens === 0 ? "" : ` (${count(tokens)} ${words})`

/** A sentence; empty when no answer told its tokens. */
export const tokenWords = (report: WeeklyReport): string => {
  const { answers, cachedInput, cacheWrites, input, output, reasoning } = report.tokens
  if (answers === 0) return ""
  if (input + output === 0) {
    return answersWithoutTokens(report) > 0 ? "" : "No model tokens were used."
  }
  const read = `${count(input)} tokens${some(cachedInput, "from a cache")}`
  const kept = cacheWrites === 0 ? "" : `, kept ${count(cacheWrites)} in a cache`
  const written = `${count(output)}${some(reasoning, "for reasoning")}`
  const each = count((input + output) / answers)
  return `Models read ${read}${kept} and wrote ${written}: ${each} an answer.`
}

/** A cost that is not known whole is shown beside the other week's, without a change. */
const costChange = ({ before, words }: Movements["cost"]): string => {
  if (before === "n/a" || before === "unknown") return ""
  return words === "n/a" ? `; ${before} the week before` : `, ${words} (${before} the week before)`
}

const costParts = (report: WeeklyReport, moved: Movements["cost"]): ReadonlyArray<string> => {
  const untold = answersWithoutTokens(report)
  const unpriced = total(report.cost.unknown.map(({ answers }) => answers))
  return [
    `${moved.now}${costChange(moved)}`,
    ...(untold > 0 ? [`leaves out ${plural(untold, "answer")} that told no tokens`] : []),
    ...(unpriced > 0 ? [`${plural(unpriced, "answer")} without a known price`] : [])
  ]
}

/** Absent when no answer told its tokens, because the cost is unknown then. */
const cost = (report: WeeklyReport, moved: Movements["cost"]): string | undefined =>
  report.tokens.answers === 0 ? undefined : costParts(report, moved).join("; ")

/** Where several models answered, a table names them. */
const model = ({ models, otherModels }: WeeklyReport): string | undefined => {
  const [only, ...others] = models
  const isAlone = others.length === 0 && otherModels === undefined
  return isAlone && only !== undefined && only.model !== "" ? quoted(only.model, 60) : undefined
}

/** Absent in a week without answers. */
export const answerFacts = (report: WeeklyReport, moved: Movements["cost"]): Facts | undefined => {
  const rows = [
    ...fact("Ready", answerTime(report)),
    ...fact("Match scores", matches(report)),
    ...fact("Model", model(report)),
    ...fact("Cost", cost(report, moved))
  ]
  return rows.length === 0
    ? undefined
    : { title: "Answers", caption: "From question to answer.", rows }
}
