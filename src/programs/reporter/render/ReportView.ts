/**
 * The content of both parts of the e-mail: numbers formatted, questions made safe to show, rows
 * ready. The parts differ in layout alone, so they cannot disagree on a fact.
 */
import { plus, total } from "../../../schema/report/Counts.ts"
import { isQuiet, isWhole, type WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { about, sentAgain, unread } from "./About.ts"
import { answerFacts } from "./AnswerFacts.ts"
import { type Bars, trendBars } from "./Bars.ts"
import { conversationFacts } from "./ConversationFacts.ts"
import { longRange } from "./DateWords.ts"
import type { Facts } from "./Facts.ts"
import { count, plural } from "./Format.ts"
import { type Gist, gist } from "./Gist.ts"
import { headline, preheader, quietWords, subject } from "./Headline.ts"
import { type HeatMap, heatMap } from "./HeatMap.ts"
import { modelTable } from "./ModelTable.ts"
import { comparedWith, isCompared, type Movements, movementsOf } from "./Movements.ts"
import { hiddenGaps, ignoredGaps, ownGaps } from "./OwnGaps.ts"
import {
  closedQuestions,
  hiddenQuestions,
  type QuestionList,
  topQuestions,
  unansweredQuestions
} from "./QuestionList.ts"
import { badRatings, type RatingList, voteFacts } from "./RatingList.ts"
import type { RenderOptions } from "./RenderOptions.ts"
import type { Figures } from "./ReportFigures.ts"
import { type Tile, tileRows } from "./ReportTiles.ts"
import { visitorFacts } from "./VisitorFacts.ts"
import { ownText } from "./VisitorText.ts"

/** A block of the mail; its kind decides its layout. */
export type Section =
  | { readonly bars: Bars }
  | { readonly heat: HeatMap }
  | { readonly questions: QuestionList }
  | { readonly figures: Figures }
  | { readonly facts: Facts }
  | { readonly ratings: RatingList }

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
  /** How the numbers were made, in a paragraph. */
  readonly about: string
  readonly footer: ReadonlyArray<string>
}

const siteNameLengthMax = 80

const some = <K extends string, V>(key: K, value: V | undefined) =>
  value === undefined ? [] : [{ [key]: value } as { readonly [P in K]: V }]

const questionSections = (
  report: WeeklyReport,
  { lists = "short", questions }: RenderOptions
): ReadonlyArray<Section> =>
  questions === "hidden"
    ? [{ figures: hiddenQuestions(report, hiddenGaps(report)) }]
    : [
        ...some("ratings", badRatings(report, lists)),
        { questions: unansweredQuestions(report, lists, ignoredGaps(report)) },
        ...some("questions", ownGaps(report)),
        ...some("questions", closedQuestions(report, lists)),
        { questions: topQuestions(report, lists) }
      ]

const sections = (
  report: WeeklyReport,
  moved: Movements,
  options: RenderOptions
): ReadonlyArray<Section> => [
  ...questionSections(report, options),
  ...some("facts", conversationFacts(report)),
  ...some("bars", trendBars(report)),
  ...some("heat", heatMap(report)),
  ...some("facts", visitorFacts(report)),
  ...some("facts", voteFacts(report)),
  ...some("facts", answerFacts(report, moved.cost)),
  ...some("figures", modelTable(report))
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
    `Answered means fully or in part: ${shareWords(report)}.`,
    ...(unknown === 0 ? [] : [`Besides, ${plural(unknown, "answer")} could not be read.`]),
    comparedWith(report)
  ].join(" ")
}

const week = (report: WeeklyReport, options: RenderOptions) => {
  const moved = movementsOf(report)
  return {
    gist: gist(report),
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

const occasions = {
  resend: sentAgain,
  test: () => "This is a test: the weekly report still goes to its recipients."
} as const

const remarks = (report: WeeklyReport, { occasion }: RenderOptions): ReadonlyArray<string> => [
  ...(occasion === undefined ? [] : [occasions[occasion](report)]),
  ...unread(report)
]

export const reportView = (report: WeeklyReport, asked: RenderOptions): ReportView => {
  const siteName = ownText(asked.siteName, siteNameLengthMax)
  const options = { ...asked, siteName }
  const quiet = isQuiet(report)
  const view = quiet ? quietWeek(report) : week(report, options)
  const end = about(report, options)
  return {
    subject: subject(report, options),
    preheader: preheader(report, options),
    siteName,
    weekId: report.period.weekId,
    headline: headline(report),
    period: periodWords(report),
    remarks: remarks(report, options),
    ...view,
    sections: [...view.sections, ...end.sections],
    about: end.words,
    footer: whyYou(options)
  }
}
