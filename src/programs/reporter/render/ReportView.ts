/**
 * The content of both parts of the e-mail: numbers formatted, questions made safe to show, rows
 * ready. The parts differ in layout alone, so they cannot disagree on a fact.
 */
import { plus, total } from "../../../schema/report/Counts.ts"
import { isQuiet, isWhole, type WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { type Bars, dayBars, scoreBars, trendBars } from "./Bars.ts"
import { dataHealth } from "./DataHealth.ts"
import { longRange } from "./DateWords.ts"
import { count, plural } from "./Format.ts"
import { type Gist, gist } from "./Gist.ts"
import { headline, preheader, quietWords, subject } from "./Headline.ts"
import { type HeatMap, heatMap } from "./HeatMap.ts"
import { comparedWith, isCompared, type Movements, movementsOf } from "./Movements.ts"
import { type Fact, provenance, sentAgain, unread } from "./Provenance.ts"
import {
  closedQuestions,
  hiddenQuestions,
  type QuestionList,
  topQuestions,
  unansweredQuestions
} from "./QuestionList.ts"
import type { RenderOptions } from "./RenderOptions.ts"
import { answerTime, type Figures, modelTable, spending, whereFrom } from "./ReportFigures.ts"
import { type Tile, tileRows } from "./ReportTiles.ts"
import { questionLengthMax, quoted } from "./VisitorText.ts"

/** A block of the mail; its kind decides its layout. */
export type Section =
  | { readonly bars: Bars }
  | { readonly heat: HeatMap }
  | { readonly questions: QuestionList }
  | { readonly figures: Figures }

export interface ReportView {
  readonly subject: string
  readonly preheader: string
  readonly siteName: string
  readonly weekId: string
  readonly headline: string
  readonly period: string
  /** The reason for a resend or a test, in one sentence. */
  readonly remarks: ReadonlyArray<string>
  /** Empty in a quiet week, like the tiles and the sections; `quiet` replaces them. */
  readonly gist: ReadonlyArray<Gist>
  readonly tileRows: ReadonlyArray<ReadonlyArray<Tile>>
  readonly tilesMean: string
  readonly sections: ReadonlyArray<Section>
  readonly quiet: ReadonlyArray<string>
  readonly provenance: ReadonlyArray<Fact>
  readonly footer: ReadonlyArray<string>
}

const siteNameLengthMax = 80

const some = <K extends string, V>(key: K, value: V | undefined) =>
  value === undefined ? [] : [{ [key]: value } as { readonly [P in K]: V }]

const questionSections = (
  report: WeeklyReport,
  { questions }: RenderOptions
): ReadonlyArray<Section> =>
  questions === "hidden"
    ? [{ figures: hiddenQuestions(report) }]
    : [
        { questions: unansweredQuestions(report) },
        ...some("questions", closedQuestions(report)),
        { questions: topQuestions(report) }
      ]

const sections = (
  report: WeeklyReport,
  moved: Movements,
  options: RenderOptions
): ReadonlyArray<Section> => [
  ...some("bars", trendBars(report)),
  { bars: dayBars(report) },
  ...some("heat", heatMap(report)),
  ...questionSections(report, options),
  ...some("figures", answerTime(report)),
  ...some("bars", scoreBars(report)),
  ...some("figures", spending(report, moved.cost)),
  ...some("figures", modelTable(report)),
  ...whereFrom(report).map((figures) => ({ figures })),
  { figures: dataHealth(report) }
]

/** The base of the share: answers that could be read, and questions that got none. */
const shareWords = ({ answers, noAnswer }: WeeklyReport): string => {
  const { failed, full, none, partial, unknown = 0 } = answers
  const read = total([full, partial, none, failed])
  const readable = unknown === 0 ? "" : " that could be read"
  const without = noAnswer === 0 ? "" : ` and ${plural(noAnswer, "question")} without any answer`
  return `${count(plus(full, partial))} of ${plural(read, "answer")}${readable}${without}`
}

/** Explains the figures in large print. */
const tilesMean = (report: WeeklyReport): string => {
  const { unknown = 0 } = report.answers
  return [
    `Answered means a full or partial match: ${shareWords(report)}.`,
    "Missed means without a good answer: none, a failure, or no answer at all.",
    ...(unknown === 0 ? [] : [`Besides, ${plural(unknown, "answer")} could not be read.`]),
    ...(report.latencyMs === undefined
      ? []
      : ["95 of 100 answers were ready within the answer time."]),
    comparedWith(report)
  ].join(" ")
}

const week = (report: WeeklyReport, options: RenderOptions) => {
  const moved = movementsOf(report)
  return {
    gist: gist(report, options),
    tileRows: tileRows(report, moved, isCompared(report)),
    tilesMean: tilesMean(report),
    sections: sections(report, moved, options),
    quiet: []
  }
}

const quietWeek = (report: WeeklyReport) => ({
  gist: [],
  tileRows: [],
  tilesMean: "",
  sections: [],
  quiet: quietWords(report)
})

/** An interim report says that its week is not over. */
const periodWords = (report: WeeklyReport): string =>
  `${longRange(report.period)}${isWhole(report) ? "" : " (not over yet: the numbers so far)"}`

/** Tells readers how to unsubscribe, because some mail clients do not. */
const whyYou = ({ from, occasion, siteName }: RenderOptions): ReadonlyArray<string> =>
  occasion === undefined
    ? [
        `You receive the weekly report of ${siteName}.` +
          (from === undefined ? "" : ` To stop receiving it, write to ${from}.`)
      ]
    : [`This mail was sent by hand for ${siteName}. It does not add you to a list.`]

/** A quiet week has no questions, so it needs no word on how they are shown. */
const footer = (options: RenderOptions, quiet: boolean): ReadonlyArray<string> => [
  ...whyYou(options),
  ...(quiet
    ? []
    : [
        options.questions === "hidden"
          ? "The settings hide the text of questions."
          : `Questions are quoted on one line and cut at ${questionLengthMax} characters.`
      ])
]

const occasions = {
  resend: sentAgain,
  test: () => "This is a test: the weekly report still goes to its recipients."
} as const

const remarks = (report: WeeklyReport, { occasion }: RenderOptions): ReadonlyArray<string> => [
  ...(occasion === undefined ? [] : [occasions[occasion](report)]),
  ...unread(report)
]

export const reportView = (report: WeeklyReport, asked: RenderOptions): ReportView => {
  const siteName = quoted(asked.siteName, siteNameLengthMax)
  const options = { ...asked, siteName }
  const quiet = isQuiet(report)
  return {
    subject: subject(report, options),
    preheader: preheader(report, options),
    siteName,
    weekId: report.period.weekId,
    headline: headline(report),
    period: periodWords(report),
    remarks: remarks(report, options),
    ...(quiet ? quietWeek(report) : week(report, options)),
    provenance: provenance(report, options),
    footer: footer(options, quiet)
  }
}
