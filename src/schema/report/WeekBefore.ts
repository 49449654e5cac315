/**
 * The week before a reported one, read again to compare with. It keeps the words of missed
 * questions alone, so it takes less memory than the tally of a week that is reported.
 */
import type { InteractionSummary, Unreadable } from "../InteractionSummary.ts"
import { isGreeting } from "../questions/Greeting.ts"
import { boundQuestions, questionsHeldMax } from "./boundQuestions.ts"
import { isOverdue, missOf } from "./Miss.ts"
import { questionKey } from "./QuestionTally.ts"
import type { WeeklyReport } from "./WeeklyReport.ts"
import { empty, observe, type WeeklyTally } from "./WeeklyTally.ts"

/**
 * How often each question was asked and missed, by its `questionKey`; the words are one of its
 * variants.
 */
export type MissedBefore = Map<string, { readonly question: string; readonly asked: number }>

/** The week before as it stands now, not as its own report froze it. */
export interface WeekBefore {
  readonly report: WeeklyReport
  readonly missed: MissedBefore
}

export interface BeforeTally {
  /** Its map of questions stays empty. */
  readonly totals: WeeklyTally
  readonly missed: MissedBefore
}

export const emptyBefore = (): BeforeTally => ({ totals: empty(), missed: new Map() })

/** The question of a visitor that was missed, and that a chatbot can be taught to answer. */
const missedQuestion = (summary: InteractionSummary, now: number): string | undefined => {
  const { agent, own, question = "" } = summary.query ?? {}
  if (question === "" || agent === "bot" || own === 1) return undefined
  const isMissed =
    summary.response === undefined ? isOverdue(summary, now) : missOf(summary) !== undefined
  return isMissed && !isGreeting(question) ? question : undefined
}

const withoutText = (summary: InteractionSummary): InteractionSummary =>
  summary.query === undefined ? summary : { ...summary, query: { ...summary.query, question: "" } }

/** Adds one interaction to the tally in place; `now` tells which questions still wait. */
export const observeBefore =
  (now: number) =>
  (tally: BeforeTally, summary: InteractionSummary | Unreadable): BeforeTally => {
    if (summary.status === "unreadable") {
      observe(tally.totals, summary)
      return tally
    }
    observe(tally.totals, withoutText(summary))
    const question = missedQuestion(summary, now)
    if (question === undefined) return tally
    const key = questionKey(question)
    const known = tally.missed.get(key)
    tally.missed.set(key, {
      // the first in code-unit order, so that no order of arrival shows
      question: known === undefined || question < known.question ? question : known.question,
      asked: (known?.asked ?? 0) + 1
    })
    if (tally.missed.size > questionsHeldMax) {
      // the same questions stay as in the reported week, so those that stay can be compared
      boundQuestions({ questions: tally.missed, unlisted: 0 })
    }
    return tally
  }
