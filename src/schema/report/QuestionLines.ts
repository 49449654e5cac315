/** The report's lists of questions: similar ones as one, ranked, beside last week's. */

import { groupQuestions } from "../questions/QuestionGroups.ts"
import { byCodeUnits, ranked, total } from "./Counts.ts"
import { missedIn } from "./Missed.ts"
import { addQuestion, emptyQuestion, type QuestionTally } from "./QuestionTally.ts"
import type { QuestionLine, WeeklyReport } from "./WeeklyReport.ts"
import type { WeeklyTally } from "./WeeklyTally.ts"

/** A report remembers this many missed questions for the next week. */
const missedLengthMax = 100

const lineOf = (
  question: string,
  { sessions, variants, ...counts }: QuestionTally,
  missedBefore: number | undefined
): QuestionLine => ({
  question,
  variants: variants.size,
  sessions: sessions.size,
  ...counts,
  ...(missedBefore === undefined ? {} : { missedBefore })
})

type Missed = WeeklyReport["missed"]

/**
 * Groups this week's questions together with those missed last week, so that a missed question is
 * recognised in other words.
 */
const linesOf = ({ questions }: WeeklyTally, before: Missed | undefined) => {
  const tallies = [...questions.values()]
  const counted = [
    ...tallies.map(({ asked, variants }) => ({
      question: ranked(variants)[0]?.[0] ?? "",
      count: asked
    })),
    ...(before ?? []).map(({ question }) => ({ question, count: 0 }))
  ]
  const groups = groupQuestions(counted)
  const lines = groups.flatMap(({ members, question }) => {
    const sum = emptyQuestion()
    let missedBefore = 0
    for (const index of members) {
      const tally = tallies[index]
      if (tally === undefined) missedBefore += before?.[index - tallies.length]?.missed ?? 0
      else addQuestion(sum, tally)
    }
    return sum.asked === 0
      ? []
      : [lineOf(question, sum, before === undefined ? undefined : missedBefore)]
  })
  return { lines, ungrouped: total(groups.map((group) => (group.isCompared ? 0 : group.count))) }
}

const mostAskedFirst = (a: QuestionLine, b: QuestionLine): number =>
  b.asked - a.asked || byCodeUnits(a.question, b.question)

const mostMissedFirst = (a: QuestionLine, b: QuestionLine): number =>
  missedIn(b) - missedIn(a) || mostAskedFirst(a, b)

/** All lists of a week, uncut. */
export const questionLists = (tally: WeeklyTally, before: Missed | undefined) => {
  const { lines, ungrouped } = linesOf(tally, before)
  const missed = lines.filter((line) => missedIn(line) > 0).sort(mostMissedFirst)
  return {
    ungrouped,
    top: [...lines].sort(mostAskedFirst),
    unanswered: missed.filter(({ full }) => full === 0),
    closed: lines
      .filter((line) => (line.missedBefore ?? 0) > 0 && missedIn(line) === 0 && line.full > 0)
      .sort(mostAskedFirst)
      .map(({ asked, missedBefore = 0, question }) => ({ question, asked, missedBefore })),
    missed: missed
      .slice(0, missedLengthMax)
      .map((line) => ({ question: line.question, missed: missedIn(line) }))
  }
}
