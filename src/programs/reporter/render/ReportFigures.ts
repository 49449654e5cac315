import { total } from "../../../schema/report/Counts.ts"
import {
  answersWithoutTokens,
  type ModelLine,
  type WeeklyReport
} from "../../../schema/report/WeeklyReport.ts"
import { count, country, duration, language, percent, plural, usd } from "./Format.ts"
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
  const { answers, cacheWrites, cachedInput, input, output, reasoning } = tokens
  if (input + output === 0) return []
  return [
    figure("Input tokens", count(input)),
    ...some("Cached, part of the input", cachedInput),
    ...some("Cache writes, part of the input", cacheWrites),
    figure("Output tokens", count(output)),
    ...some("Reasoning, part of the output", reasoning),
    figure("Tokens per answer", count((input + output) / answers))
  ]
}

/** A cost that is not known whole is shown beside the other week's, without a change. */
const costChange = ({ before, words }: Movements["cost"]): string => {
  if (before === "n/a" || before === "unknown") return ""
  return words === "n/a" ? `${before} the week before` : `${words} (${before} the week before)`
}

const costNote = ({ cost }: WeeklyReport, moved: Movements["cost"]): string => {
  const unpriced = total(cost.unknown.map(({ answers }) => answers))
  const without = unpriced === 0 ? "" : `${plural(unpriced, "answer")} without a known price. `
  return `${without}${costChange(moved)}`.trim()
}

const spendingCaption = (report: WeeklyReport): string => {
  const { tokens } = report
  const untold = answersWithoutTokens(report)
  if (untold === 0 && tokens.input + tokens.output === 0) return "No model tokens were used."
  const source =
    untold === 0
      ? "Tokens as the models reported them"
      : `Leaves out ${plural(untold, "answer")} that told no tokens`
  return `${source}; cost by the price list.`
}

/** Absent when no answer told its tokens, because the cost is unknown then. */
export const spending = (report: WeeklyReport, moved: Movements["cost"]): Figures | undefined =>
  report.tokens.answers === 0
    ? undefined
    : {
        title: "Tokens and cost",
        caption: spendingCaption(report),
        columns: ["Measure", "This week"],
        rows: [...tokenRows(report), figure("Cost", moved.now, costNote(report, moved))]
      }

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
      `p95 ${duration(line.p95Ms)}`,
      ...(isPriced ? [priceWords(line)] : [])
    ].join(", ")
  )

/** Absent when no answer named a model. */
export const modelTable = ({ models, otherModels, tokens }: WeeklyReport): Figures | undefined => {
  if (models.every(({ model }) => model === "") && otherModels === undefined) return undefined
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

/** Sentences, because the names of two languages do not fit a column. */
const otherLanguages = ({ answeredInOther }: WeeklyReport): string =>
  answeredInOther
    .slice(0, shortListMax)
    .map(
      ({ answered, asked, questions }) =>
        ` Asked in ${language(asked)}, answered in ${language(answered)}: ` +
        `${plural(questions, "question")}.`
    )
    .join("")

const languagesOf = (report: WeeklyReport): ReadonlyArray<Figures> =>
  places(
    "Languages",
    "Language",
    "Of questions, as far as it is recognised.",
    report.languages,
    report,
    language
  ).map((table) => ({ ...table, caption: table.caption + otherLanguages(report) }))

/** Countries, languages, devices and referrers; an empty list is left out. */
export const whereFrom = (report: WeeklyReport): ReadonlyArray<Figures> => [
  ...places("Countries", "Country", "By the visitor's network.", report.countries, report, country),
  ...languagesOf(report),
  ...places("Devices", "Device", "As the browser reports it.", report.devices, report, capitalised),
  ...places("Referrers", "Site", "The site that visitors came from.", report.referrers, report)
]
