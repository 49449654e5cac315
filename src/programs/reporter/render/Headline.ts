/** The words before the figures: subject, preheader, headline, and the text of a quiet week. */
import { plus } from "../../../schema/report/Counts.ts"
import { missedIn } from "../../../schema/report/Missed.ts"
import {
  isDoubtful,
  isQuiet,
  measuresOf,
  missedOf,
  type WeeklyReport
} from "../../../schema/report/WeeklyReport.ts"
import { shortRange } from "./DateWords.ts"
import { count, duration, percent, plural, times } from "./Format.ts"
import type { RenderOptions } from "./RenderOptions.ts"
import { ownText, quoted } from "./VisitorText.ts"

const subjectLengthMax = 150

/** Events that went elsewhere put a quiet week in doubt, and the subject has to say so. */
const doubt = (report: WeeklyReport): string => {
  const { deadLetters = 0 } = report
  if (report.readUntil !== undefined) return ", not read in time"
  if (deadLetters > 0) return `, ${plural(deadLetters, "dead letter")}`
  return isDoubtful(report) ? ", events missing" : ""
}

const prefixes = { resend: "Again: ", test: "[test] " } as const

export const subject = (report: WeeklyReport, { occasion, siteName }: RenderOptions): string => {
  const { period, questions } = report
  const fact = isQuiet(report)
    ? `Quiet week${doubt(report)}`
    : `${plural(questions, "question")}, ${count(missedOf(report))} without a good answer`
  const prefix = occasion === undefined ? "" : prefixes[occasion]
  return ownText(`${prefix}${fact} - ${shortRange(period)} - ${siteName}`, subjectLengthMax)
}

export const headline = (report: WeeklyReport): string => {
  if (isQuiet(report)) return `A quiet week: no questions${doubt(report)}`
  const { unknown = 0 } = report.answers
  const missed = missedOf(report)
  const unread = unknown === 0 ? "" : `, ${plural(unknown, "answer")} could not be read`
  return (
    `${plural(report.questions, "question")}, ` +
    `${missed === 0 ? "none" : count(missed)} without a good answer${unread}`
  )
}

/** The second most useful fact, because the subject holds the first. */
export const preheader = (report: WeeklyReport, { questions }: RenderOptions): string => {
  if (isQuiet(report)) {
    if (report.readUntil !== undefined) return "The questions could not be read in time."
    return isDoubtful(report)
      ? "No question was recorded, although events arrived."
      : "No question was recorded; the report ran as usual."
  }
  const { unknown = 0 } = report.answers
  const { answered, missed: wrong } = measuresOf(report)
  const all = plus(answered, wrong)
  const nothing = unknown === 0 ? "No answer arrived" : "No answer could be read"
  const share = all === 0 ? nothing : `${percent(answered, all)} answered`
  const [most] = report.unanswered
  if (most !== undefined && questions !== "hidden") {
    const missed = times(missedIn(most))
    return `Most often missed, ${missed}: "${quoted(most.question, 80)}". ${share}.`
  }
  const { latencyMs } = report
  return latencyMs === undefined
    ? `${share}.`
    : `${share}, 95 of 100 within ${duration(latencyMs.p95)}.`
}

const doubtful = (fact: string, place: string): string =>
  `However, ${fact}. The week may not have been quiet: check ${place}.`

const pipeline = (report: WeeklyReport): string => {
  const { deadLetters, events = 0, lost = 0, unreadable = 0 } = report
  const { accepted = 0 } = report.pipeline ?? {}
  if (report.readUntil !== undefined) {
    return doubtful("the table could not be read in time", "the reporter's log")
  }
  if (unreadable > 0) {
    return doubtful(`${plural(unreadable, "stored item")} could not be read`, "the reporter's log")
  }
  if (lost > 0) {
    return doubtful(
      `the Worker could not send at least ${plural(lost, "event")}`,
      "the Worker's log"
    )
  }
  if (accepted > 0 && events === 0 && (deadLetters ?? 0) === 0) {
    return doubtful(
      `the queue accepted ${plural(accepted, "event")}, but none is stored`,
      "the processor's log"
    )
  }
  if (deadLetters === undefined) {
    return "It is unknown whether messages went to the dead-letter queue instead."
  }
  return deadLetters === 0
    ? "The pipeline looks healthy: the table was read, the dead-letter queue is empty and this " +
        "mail was sent."
    : doubtful(`${plural(deadLetters, "message")} could not be stored`, "the dead-letter queue")
}

/** Tells silence from an outage by the other known facts. */
export const quietWords = (report: WeeklyReport): ReadonlyArray<string> => [
  (report.readUntil === undefined
    ? "No questions or answers were recorded this week."
    : "No questions or answers could be read.") +
    (report.previous === undefined
      ? ""
      : ` The week before had ${plural(report.previous.questions, "question")}.`),
  pipeline(report),
  "If you expected visitors, ask your chatbot a question and see that the next report counts it."
]
