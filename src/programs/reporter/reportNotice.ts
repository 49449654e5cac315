/** A week's report in the few lines that a channel has room for; the e-mail has the whole of it. */
import { type Notice, noticeVersion } from "../../schema/Notice.ts"
import { missedIn } from "../../schema/report/Missed.ts"
import { textHash } from "../../schema/report/textHash.ts"
import {
  type ClosedQuestion,
  isWhole,
  type MissedLine,
  measuresOf,
  type QuestionLine,
  type WeeklyReport
} from "../../schema/report/WeeklyReport.ts"
import type { Options } from "./program.ts"
import { hiddenGaps } from "./render/OwnGaps.ts"
import {
  closedQuestions,
  hiddenQuestions,
  type QuestionList,
  topQuestions,
  unansweredQuestions
} from "./render/QuestionList.ts"
import type { Occasion } from "./render/RenderOptions.ts"
import { type ReportView, reportView } from "./render/ReportView.ts"

export type Telling = Pick<Options, "siteName" | "channelQuestions">

/** Receivers drop repeats by it; another site's message of the same week is none. */
export const noticeId = (kind: string, name: string, siteName: string): string =>
  `${kind}-${name}-${textHash(siteName).toString(36)}`

type Line = MissedLine | QuestionLine | typeof ClosedQuestion.Type

/** A list as the e-mail shows it, with the group and the counts of each row. */
const list = (
  { rows, title }: QuestionList,
  lines: ReadonlyArray<Line>
): ReadonlyArray<Notice["lists"][number]> =>
  rows.length === 0
    ? []
    : [
        {
          title,
          rows: rows.flatMap(({ note, question }, at) => {
            const line = lines[at]
            if (line === undefined) return []
            const group = line.id === undefined ? {} : { group: line.id }
            const missed = "none" in line ? missedIn(line) : 0
            return [
              {
                question,
                note: note.replaceAll("\u00a0", " "),
                ...group,
                asked: line.asked,
                missed
              }
            ]
          })
        }
      ]

const lists = (report: WeeklyReport): Notice["lists"] => {
  const closed = closedQuestions(report)
  return [
    ...list(unansweredQuestions(report), report.unanswered),
    ...(closed === undefined ? [] : list(closed, report.closed)),
    ...list(topQuestions(report), report.topQuestions)
  ]
}

const hidden = (report: WeeklyReport): ReadonlyArray<string> =>
  hiddenQuestions(report, hiddenGaps(report)).rows.map(
    ({ label, value }) => `Different questions, ${label.toLowerCase()}: ${value}`
  )

const lines = (view: ReportView, asides: ReadonlyArray<string>): ReadonlyArray<string> => [
  view.headline,
  view.period,
  ...view.remarks,
  ...view.gist.map(({ label, words }) => `${label}: ${words}`),
  ...view.quiet,
  ...asides
]

/** The same report gives the same notice, except a test, which no receiver may drop. */
export const reportNotice = (
  report: WeeklyReport,
  { channelQuestions, siteName }: Telling,
  occasion?: Occasion
): Notice => {
  const view = reportView(report, { siteName, questions: channelQuestions, occasion })
  const { endMs, startMs, timeZone, weekId } = report.period
  const isHidden = channelQuestions === "hidden" || view.quiet.length > 0
  const kind = occasion === "test" ? `test-${report.generatedAt}` : "report"
  const before = isWhole(report) ? report.previous : undefined
  return {
    version: noticeVersion,
    id: noticeId(kind, weekId, siteName),
    type: "report.weekly",
    timestamp: report.generatedAt,
    site: view.siteName,
    subject: view.subject,
    lines: lines(
      view,
      channelQuestions === "hidden" && view.quiet.length === 0 ? hidden(report) : []
    ),
    figures: view.tileRows
      .flat()
      .map(({ change, label, value }) => ({ label, value, change: change?.words ?? "" })),
    lists: isHidden ? [] : lists(report),
    report: {
      week: weekId,
      timeZone,
      from: startMs,
      until: endMs,
      numbers: measuresOf(report),
      ...(before === undefined ? {} : { before })
    }
  }
}
