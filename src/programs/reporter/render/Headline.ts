/** The words before the figures: subject, preheader, headline, and the text of a quiet week. */
import { plus } from "../../../schema/report/Counts.ts"
import { missedIn } from "../../../schema/report/Missed.ts"
import {
  isDoubtful,
  isQuiet,
  measuresOf,
  missedOf,
  newDeadLetters,
  type WeeklyReport
} from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
import type { RenderOptions } from "./RenderOptions.ts"
import { ownText, quoted } from "./VisitorText.ts"

const subjectLengthMax = 150

/**
 * Events that went elsewhere put a quiet week in doubt, and the subject has to say so; also who
 * asked where no visitor did.
 */
const doubt = (report: WeeklyReport, { doubts }: Words): string => {
  const { excluded } = report
  const dead = newDeadLetters(report) ?? 0
  if (report.readUntil !== undefined) return doubts.unread
  if (dead > 0) return doubts.deadLetters(dead)
  if (isDoubtful(report)) return doubts.missing
  if (excluded.bots === 0) return excluded.own === 0 ? "" : doubts.onlyOwn
  return excluded.own === 0 ? doubts.onlyBots : doubts.onlyBotsAndOwn
}

const isWithoutVisitors = ({ excluded }: WeeklyReport): boolean => excluded.bots + excluded.own > 0

export const subject = (
  report: WeeklyReport,
  { occasion, siteName }: RenderOptions,
  words: Words
): string => {
  const { period, questions } = report
  const { again, quiet, test, week } = words.subject
  const fact = isQuiet(report)
    ? `${quiet}${doubt(report, words)}`
    : week(questions, missedOf(report))
  const prefix = occasion === undefined ? "" : { resend: again, test }[occasion]
  const dates = words.dates.shortRange(period)
  return ownText(`${prefix}${fact} - ${dates} - ${siteName}`, subjectLengthMax)
}

export const headline = (report: WeeklyReport, words: Words): string => {
  if (isQuiet(report)) return `${words.headline.quiet}${doubt(report, words)}`
  const { unknown = 0 } = report.answers
  return words.headline.week(report.questions, missedOf(report), unknown)
}

/** The second most useful fact, because the subject holds the first. */
export const preheader = (
  report: WeeklyReport,
  { questions }: RenderOptions,
  { noText, numbers, preheader: said, quiet }: Words
): string => {
  if (isQuiet(report)) {
    if (report.readUntil !== undefined) return said.unread
    if (isDoubtful(report)) return said.doubtful
    return isWithoutVisitors(report) ? quiet.noVisitor : said.quiet
  }
  const { unknown = 0 } = report.answers
  const { answered, missed: wrong } = measuresOf(report)
  const all = plus(answered, wrong)
  const nothing = unknown === 0 ? said.noAnswer : said.noneRead
  const share = all === 0 ? nothing : said.answered(numbers.percent(answered, all))
  const [most] = report.unanswered
  if (most !== undefined && questions !== "hidden") {
    return `${said.mostMissed(missedIn(most), quoted(most.question, 80, noText))}${share}.`
  }
  const { latencyMs } = report
  const within = latencyMs === undefined ? "" : said.within(numbers.duration(latencyMs.p95))
  return `${share}${within}.`
}

const pipeline = (report: WeeklyReport, { quiet }: Words): string => {
  const { deadLetters, events = 0, lost = 0, unreadable = 0 } = report
  const added = newDeadLetters(report) ?? 0
  const { accepted = 0 } = report.pipeline ?? {}
  if (report.readUntil !== undefined) return quiet.doubtful(quiet.tableUnread, quiet.reporterLog)
  if (unreadable > 0) return quiet.doubtful(quiet.itemsUnread(unreadable), quiet.reporterLog)
  if (lost > 0) return quiet.doubtful(quiet.lost(lost), quiet.workerLog)
  if (accepted > 0 && events === 0 && added === 0) {
    return quiet.doubtful(quiet.noneStored(accepted), quiet.processorLog)
  }
  if (deadLetters === undefined) return quiet.deadLettersUnknown
  if (added > 0) return quiet.doubtful(quiet.notStored(added), quiet.deadLetterQueue)
  return deadLetters === 0 ? quiet.healthy : quiet.noneFailed
}

/** Tells silence from an outage by the other known facts. */
export const quietWords = (report: WeeklyReport, words: Words): ReadonlyArray<string> => {
  const { quiet } = words
  const recorded = isWithoutVisitors(report) ? quiet.noVisitor : quiet.noneRecorded
  return [
    (report.readUntil === undefined ? recorded : quiet.noneRead) +
      (report.previous === undefined ? "" : quiet.before(report.previous.questions)),
    pipeline(report, words),
    quiet.expected
  ]
}
