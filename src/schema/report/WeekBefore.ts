/**
 * The week before a reported one, read again to compare with. It keeps the words of questions and
 * two numbers of each, so it takes less memory than the tally of a week that is reported.
 */
import type { InteractionSummary } from "../InteractionSummary.ts"
import type { WeekEntry } from "../WeekEntry.ts"
import { boundQuestions, questionsHeldMax } from "./boundQuestions.ts"
import { isOverdue, missOf } from "./Miss.ts"
import { questionKey } from "./QuestionTally.ts"
import type { WeeklyReport } from "./WeeklyReport.ts"
import { empty, observe, type WeeklyTally } from "./WeeklyTally.ts"

/** A question of visitors; its words are the first variant in code-unit order. */
export interface QuestionBefore {
  question: string
  asked: number
  /** How often it was missed. */
  missed: number
}

/** The questions of the week before by their `questionKey`. */
export type QuestionsBefore = Map<string, QuestionBefore>

/** The week before as it stands now, not as its own report froze it. */
export interface WeekBefore {
  readonly report: WeeklyReport
  readonly questions: QuestionsBefore
}

export interface BeforeTally {
  /** Its map of questions stays empty. */
  readonly totals: WeeklyTally
  readonly questions: QuestionsBefore
}

export const emptyBefore = (): BeforeTally => ({ totals: empty(), questions: new Map() })

/** Empty for a text that was withheld, and for one that no visitor wrote. */
const visitorsQuestion = ({ query }: InteractionSummary): string =>
  query === undefined || query.agent === "bot" || query.own === 1 ? "" : query.question

const isMissed = (summary: InteractionSummary, now: number): boolean =>
  summary.response === undefined ? isOverdue(summary, now) : missOf(summary) !== undefined

const withoutText = (summary: InteractionSummary): InteractionSummary =>
  summary.query === undefined ? summary : { ...summary, query: { ...summary.query, question: "" } }

/** Adds one interaction to the tally in place; `now` tells which questions still wait. */
export const observeBefore =
  (now: number) =>
  (tally: BeforeTally, summary: WeekEntry): BeforeTally => {
    if (summary.status === "unreadable" || summary.status === "vote") {
      observe(tally.totals, summary)
      return tally
    }
    observe(tally.totals, withoutText(summary))
    // conversations are not compared, and their turns take memory
    tally.totals.conversations.clear()
    const question = visitorsQuestion(summary)
    if (question === "") return tally
    const key = questionKey(question)
    const known = tally.questions.get(key) ?? { question, asked: 0, missed: 0 }
    if (question < known.question) known.question = question
    known.asked += 1
    known.missed += Number(isMissed(summary, now))
    tally.questions.set(key, known)
    if (tally.questions.size > questionsHeldMax) {
      // the same questions stay as in the reported week, so those that stay can be compared
      boundQuestions({ questions: tally.questions, unlisted: 0 })
    }
    return tally
  }
