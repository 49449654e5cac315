/** What the mail says before its figures: subject, preheader, headline, a quiet week's words. */
import { isDoubtful, isQuiet, type WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { shortRange } from "./DateWords.ts"
import { count, duration, percent, plural, times } from "./Format.ts"
import type { RenderOptions } from "./RenderOptions.ts"
import { quoted } from "./VisitorText.ts"

const subjectLengthMax = 150

/** A quiet week with events that went elsewhere may be none, and its subject has to say so. */
const doubt = (report: WeeklyReport): string => {
  const { deadLetters = 0 } = report
  if (deadLetters > 0) return `, ${plural(deadLetters, "dead letter")}`
  return isDoubtful(report) ? ", events missing" : ""
}

const prefixes = { resend: "Again: ", test: "[test] " } as const

export const subject = (report: WeeklyReport, { occasion, siteName }: RenderOptions): string => {
  const { answers, period, questions } = report
  const fact = isQuiet(report)
    ? `Quiet week${doubt(report)}`
    : `${plural(questions, "question")}, ${count(answers.none)} unanswered`
  const prefix = occasion === undefined ? "" : prefixes[occasion]
  return quoted(`${prefix}${fact} - ${shortRange(period)} - ${siteName}`, subjectLengthMax)
}

export const headline = (report: WeeklyReport): string => {
  if (isQuiet(report)) return `A quiet week: no questions${doubt(report)}`
  const { failed, none } = report.answers
  const asked = plural(report.questions, "question")
  const missed = none === 0 ? "none without an answer" : `${count(none)} without an answer`
  return `${asked}, ${missed}${failed === 0 ? "" : `, ${count(failed)} failed`}`
}

/** The second most useful fact; the subject has said the first. */
export const preheader = (report: WeeklyReport, { questions }: RenderOptions): string => {
  if (isQuiet(report)) {
    return isDoubtful(report)
      ? "Nothing was recorded, and yet events are known to have come."
      : "Nothing was recorded, and the report itself ran as usual."
  }
  const { failed, full, none, partial } = report.answers
  const all = full + partial + none + failed
  const share = all === 0 ? "No answer arrived" : `${percent(full + partial, all)} answered`
  const [most] = report.unanswered
  if (most !== undefined && questions !== "hidden") {
    const missed = times(most.none + most.failed)
    return `Most often missed, ${missed}: "${quoted(most.question, 80)}". ${share}.`
  }
  const { latencyMs } = report
  return latencyMs === undefined ? `${share}.` : `${share}, p95 ${duration(latencyMs.p95)}.`
}

const pipeline = (report: WeeklyReport): string => {
  const { deadLetters, events = 0, lost = 0, unreadable = 0 } = report
  const { accepted = 0 } = report.pipeline ?? {}
  if (unreadable > 0) {
    return (
      `But ${plural(unreadable, "stored item")} could not be read: see the reporter's log before ` +
      "you believe in the quiet."
    )
  }
  if (lost > 0) {
    return (
      `But the edge told of at least ${plural(lost, "event")} that it could not send: see the ` +
      "Worker's log before you believe in the quiet."
    )
  }
  if (accepted > 0 && events === 0 && (deadLetters ?? 0) === 0) {
    return (
      `But the queue accepted ${plural(accepted, "event")}, and none is stored: see the ` +
      "processor's log before you believe in the quiet."
    )
  }
  if (deadLetters === undefined) {
    return "Whether messages went to the dead-letter queue instead is not known."
  }
  if (deadLetters === 0) {
    return (
      "The pipeline is healthy as far as this report can see: the store was read, the " +
      "dead-letter queue is empty and this mail was sent."
    )
  }
  return (
    `But the dead-letter queue holds ${plural(deadLetters, "message")} that could not be stored: ` +
    "look there before you believe in the quiet."
  )
}

/** Silence is told from an outage by what else is known. */
export const quietWords = (report: WeeklyReport): ReadonlyArray<string> => [
  "No question and no answer was recorded this week." +
    (report.previous === undefined
      ? ""
      : ` The week before had ${plural(report.previous.questions, "question")}.`),
  pipeline(report),
  "If you expected visitors, ask the bot a question and see if it counts."
]
