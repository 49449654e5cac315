/**
 * The content of both parts of the e-mail: numbers formatted, questions made safe to show, rows
 * ready. The parts differ in layout alone, so they cannot disagree on a fact.
 */
import { plus, total } from "../../../schema/report/Counts.ts"
import { isQuiet, isWhole, type WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { reportLanguageDefault } from "../ReportLanguage.ts"
import type { Words } from "../words/English.ts"
import { wordsIn } from "../words/wordsIn.ts"
import { about, sentAgain, unread } from "./About.ts"
import { answerFacts } from "./AnswerFacts.ts"
import { type Bars, trendBars } from "./Bars.ts"
import { conversationFacts } from "./ConversationFacts.ts"
import type { Facts } from "./Facts.ts"
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
  readonly week: string
  readonly tag: string
  readonly labels: Words["labels"]
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
  { lists = "short", questions }: RenderOptions,
  words: Words
): ReadonlyArray<Section> =>
  questions === "hidden"
    ? [{ figures: hiddenQuestions(report, hiddenGaps(report, words), words) }]
    : [
        ...some("ratings", badRatings(report, lists, words)),
        { questions: unansweredQuestions(report, lists, words, ignoredGaps(report, words)) },
        ...some("questions", ownGaps(report, words)),
        ...some("questions", closedQuestions(report, lists, words)),
        { questions: topQuestions(report, lists, words) }
      ]

const sections = (
  report: WeeklyReport,
  moved: Movements,
  options: RenderOptions,
  words: Words
): ReadonlyArray<Section> => [
  ...questionSections(report, options, words),
  ...some("facts", conversationFacts(report, words)),
  ...some("bars", trendBars(report, words)),
  ...some("heat", heatMap(report, words)),
  ...some("facts", visitorFacts(report, words)),
  ...some("facts", voteFacts(report, words)),
  ...some("facts", answerFacts(report, moved.cost, words)),
  ...some("figures", modelTable(report, words))
]

/** Explains the figures in large print: answers that could be read, and questions without any. */
const tilesMean = (report: WeeklyReport, words: Words): string => {
  const { failed, full, none, partial, unknown = 0 } = report.answers
  const read = total([full, partial, none, failed])
  const means = words.tiles.means(plus(full, partial), read, unknown, report.noAnswer)
  return `${means} ${comparedWith(report, words)}`
}

const week = (report: WeeklyReport, options: RenderOptions, words: Words) => {
  const moved = movementsOf(report, words)
  return {
    gist: gist(report, words),
    tileRows: tileRows(report, moved, isCompared(report), words),
    tilesMean: tilesMean(report, words),
    sections: sections(report, moved, options, words),
    quiet: []
  }
}

const quietWeek = (report: WeeklyReport, words: Words) => ({
  gist: [],
  tileRows: [],
  tilesMean: "",
  sections: [],
  quiet: quietWords(report, words)
})

/** An interim report says that its week is not over. */
const periodWords = (report: WeeklyReport, { dates, headline }: Words): string =>
  `${dates.longRange(report.period)}${isWhole(report) ? "" : headline.notOver}`

/** Tells readers how to unsubscribe, because some mail clients do not. */
const whyYou = (
  { from, occasion, siteName }: RenderOptions,
  { footer }: Words
): ReadonlyArray<string> =>
  occasion === undefined
    ? [`${footer.weekly(siteName)}${from === undefined ? "" : footer.stop(from)}`]
    : [footer.byHand(siteName)]

const occasionWords = (
  report: WeeklyReport,
  { occasion }: RenderOptions,
  words: Words
): ReadonlyArray<string> => {
  if (occasion === undefined) return []
  return [occasion === "test" ? words.remarks.test : sentAgain(report, words)]
}

export const reportView = (report: WeeklyReport, asked: RenderOptions): ReportView => {
  const words = wordsIn(asked.language ?? reportLanguageDefault)
  const siteName = ownText(asked.siteName, siteNameLengthMax, words.noText)
  const options = { ...asked, siteName }
  const view = isQuiet(report) ? quietWeek(report, words) : week(report, options, words)
  const end = about(report, options, words)
  return {
    subject: subject(report, options, words),
    preheader: preheader(report, options, words),
    siteName,
    week: words.week(report.period.weekId),
    tag: words.tag,
    labels: words.labels,
    headline: headline(report, words),
    period: periodWords(report, words),
    remarks: [...occasionWords(report, options, words), ...unread(report, words)],
    ...view,
    sections: [...view.sections, ...end.sections],
    about: end.words,
    footer: whyYou(options, words)
  }
}
