import { answersWithoutTokens, type WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { count, country, duration, percent, plural, usd } from "./Format.ts"
import type { Movements } from "./Movements.ts"
import { quoted } from "./VisitorText.ts"

export interface Figure {
  readonly label: string
  readonly value: string
  /** One line that explains the number, or empty. */
  readonly note: string
  readonly alert: boolean
}

/** A short table of named numbers. */
export interface Figures {
  readonly title: string
  readonly caption: string
  readonly columns: readonly [string, string]
  readonly rows: ReadonlyArray<Figure>
}

/** The length of the minor lists. */
export const shortListMax = 5

/** Ends the caption of a list that is cut. */
export const cutAt = (rows: ReadonlyArray<unknown>, lengthMax: number): string =>
  rows.length > lengthMax ? ` The first ${lengthMax} are listed.` : ""

export const figure = (label: string, value: string, note = "", alert = false): Figure => ({
  label,
  value,
  note,
  alert
})

/** Absent without an answer. */
export const answerTime = ({ latencyMs }: WeeklyReport): Figures | undefined =>
  latencyMs && {
    title: "Answer time",
    caption: "How long the bot took, from question to answer.",
    columns: ["Share of answers", "Ready within"],
    rows: [
      figure("Half (p50)", duration(latencyMs.p50)),
      figure("95 of 100 (p95)", duration(latencyMs.p95)),
      figure("99 of 100 (p99)", duration(latencyMs.p99))
    ]
  }

/** Left out of the table when there are none. */
const some = (label: string, tokens: number): ReadonlyArray<Figure> =>
  tokens === 0 ? [] : [figure(label, count(tokens))]

const tokenRows = ({ tokens }: WeeklyReport): ReadonlyArray<Figure> => {
  const { answers, cachedInput, input, output, reasoning } = tokens
  if (input + output === 0) return []
  return [
    figure("Input tokens", count(input)),
    ...some("Cached, part of the input", cachedInput),
    figure("Output tokens", count(output)),
    ...some("Reasoning, part of the output", reasoning),
    figure("Tokens per answer", count((input + output) / answers))
  ]
}

const modelWords = (model: string): string =>
  model === "" ? "no model told" : `model ${quoted(model, 30)}`

/** Names the models without a known price, which are never shown as free. */
const costRows = (report: WeeklyReport, moved: Movements["cost"]): ReadonlyArray<Figure> => {
  const { cost } = report
  const unknown = cost.unknown.slice(0, shortListMax)
  const isPart = unknown.length + answersWithoutTokens(report) > 0
  const known = isPart ? `at least ${usd(cost.usd)}` : usd(cost.usd)
  const change = moved.words === "n/a" ? "" : `${moved.words} (${moved.before} the week before)`
  return [
    figure("Cost", isPart && cost.usd <= 0 ? "unknown" : known, change),
    ...unknown.map(({ answers, model }) =>
      figure(`Unknown price: ${modelWords(model)}`, plural(answers, "answer"))
    )
  ]
}

const spendingCaption = (report: WeeklyReport): string => {
  const { cost, tokens } = report
  const untold = answersWithoutTokens(report)
  if (untold === 0 && tokens.input + tokens.output === 0) return "No model tokens were used."
  const source =
    untold === 0
      ? "Tokens as the models reported them"
      : `Leaves out ${plural(untold, "answer")} that told no tokens`
  const more =
    cost.unknown.length > shortListMax
      ? ` The ${shortListMax} most used without a price are named.`
      : ""
  return `${source}; cost by the price list.${more}`
}

/** Absent when no answer told its tokens, because the cost is unknown then. */
export const spending = (report: WeeklyReport, moved: Movements["cost"]): Figures | undefined =>
  report.tokens.answers === 0
    ? undefined
    : {
        title: "Tokens and cost",
        caption: spendingCaption(report),
        columns: ["Measure", "This week"],
        rows: [...tokenRows(report), ...costRows(report, moved)]
      }

const places = (
  title: string,
  column: string,
  caption: string,
  rows: WeeklyReport["countries"],
  { questions }: WeeklyReport,
  named: (name: string) => string = (name) => name
): ReadonlyArray<Figures> =>
  rows.length === 0
    ? []
    : [
        {
          title,
          caption: caption + cutAt(rows, shortListMax),
          columns: [column, "Questions"],
          rows: rows
            .slice(0, shortListMax)
            .map((row) =>
              figure(
                quoted(named(row.name), 50),
                `${count(row.questions)} (${percent(row.questions, questions)})`
              )
            )
        }
      ]

const capitalised = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1)

/** Countries, devices and referrers; an empty list is left out. */
export const whereFrom = (report: WeeklyReport): ReadonlyArray<Figures> => [
  ...places("Countries", "Country", "By the visitor's network.", report.countries, report, country),
  ...places("Devices", "Device", "As the browser reports it.", report.devices, report, capitalised),
  ...places("Referrers", "Site", "The site that visitors came from.", report.referrers, report)
]
