/** A question without a good answer that several visitors ask, and that no report has listed. */
import { questionMark } from "../report/Conversations.ts"
import { questionKey } from "../report/QuestionTally.ts"
import type { MissedLine, WeeklyReport } from "../report/WeeklyReport.ts"
import { chanceOfCount } from "./chance.ts"
import type { Finding } from "./Finding.ts"
import { type Usual, usualWeeksMin } from "./Usual.ts"

const visitorsMin = 3
const chanceMax = 1e-4

/** A day's first new gaps are told one by one, and the weekly report lists the others. */
const gapsMax = 2

const keysOf = ({ others = [], question }: MissedLine): ReadonlyArray<string> =>
  [question, ...others.map((other) => other.question)].map(questionKey)

/**
 * The new gaps of a day, the most missed first. A busy site misses more than its reports list, so a
 * question has to be missed more often than what they left out.
 */
export const gaps = (day: WeeklyReport, usual: Usual): ReadonlyArray<Finding> => {
  if (usual.weeks < usualWeeksMin) return []
  const found = day.unanswered.flatMap((line): ReadonlyArray<Finding> => {
    const keys = keysOf(line)
    const { asked, missedSessions = 0, none, question } = line
    // a failed answer says nothing about the knowledge of the chatbot
    const visitors = Math.min(missedSessions, none)
    const isNew =
      visitors >= visitorsMin &&
      !keys.some((key) => usual.listed.has(key)) &&
      chanceOfCount(visitors, usual.unlistedMisses) <= chanceMax
    const sinceMs = day.period.startMs
    return isNew
      ? [
          {
            kind: "gap",
            sinceMs,
            counts: { visitors, asked },
            question,
            marks: keys.map(questionMark)
          }
        ]
      : []
  })
  return found.slice(0, gapsMax)
}
