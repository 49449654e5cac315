/** What the mail says before its figures: subject, preheader, headline, a quiet week's words. */
import type { WeeklyReport } from "../../../schema/WeeklyReport.ts"
import { shortRange } from "./DateWords.ts"
import { count, duration, percent, plural } from "./Format.ts"
import type { RenderOptions } from "./RenderOptions.ts"
import { quoted } from "./VisitorText.ts"

const subjectLengthMax = 150

/** Nothing at all arrived; a lone answer without its question is no quiet week. */
export const isQuiet = ({ questions, status }: WeeklyReport): boolean =>
  questions + status.correlated + status.awaitingQuery + status.awaitingResponse === 0

/** A quiet week with dead letters may be none, and its subject has to say so. */
const dead = ({ deadLetters = 0 }: WeeklyReport): string =>
  deadLetters === 0 ? "" : `, ${plural(deadLetters, "dead letter")}`

export const subject = (report: WeeklyReport, { resend, siteName }: RenderOptions): string => {
  const { answers, period, questions } = report
  const fact = isQuiet(report)
    ? `Quiet week${dead(report)}`
    : `${plural(questions, "question")}, ${count(answers.none)} unanswered`
  const again = resend === true ? "Again: " : ""
  return quoted(`${again}${fact} - ${shortRange(period)} - ${siteName}`, subjectLengthMax)
}

export const headline = (report: WeeklyReport): string => {
  if (isQuiet(report)) return `A quiet week: no questions${dead(report)}`
  const { failed, none } = report.answers
  const asked = plural(report.questions, "question")
  const missed = none === 0 ? "none without an answer" : `${count(none)} without an answer`
  return `${asked}, ${missed}${failed === 0 ? "" : `, ${count(failed)} failed`}`
}

/** The second most useful fact; the subject has said the first. */
export const preheader = (report: WeeklyReport, { questions }: RenderOptions): string => {
  if (isQuiet(report)) {
    return (report.deadLetters ?? 0) === 0
      ? "Nothing was recorded, and the report itself ran as usual."
      : "Nothing was recorded, and messages wait in the dead-letter queue."
  }
  const { failed, full, none, partial } = report.answers
  const all = full + partial + none + failed
  const share = all === 0 ? "No answer arrived" : `${percent(full + partial, all)} answered`
  const [most] = report.unanswered
  if (most !== undefined && questions !== "hidden") {
    const missed = plural(most.none + most.failed, "time")
    return `Most often missed, ${missed}: "${quoted(most.question, 80)}". ${share}.`
  }
  const { latencyMs } = report
  return latencyMs === undefined ? `${share}.` : `${share}, p95 ${duration(latencyMs.p95)}.`
}

const pipeline = ({ deadLetters }: WeeklyReport): string => {
  if (deadLetters === undefined) {
    return "Whether messages went to the dead-letter queue instead is not known."
  }
  if (deadLetters === 0) {
    return (
      "The pipeline is healthy as far as this report can see: the schedule ran, the store was " +
      "read, the dead-letter queue is empty and this mail was sent."
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
