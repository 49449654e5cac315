/** The report's lists of questions: similar ones as one, ranked, beside the week before. */

import { isGreeting } from "../questions/Greeting.ts"
import type { Nearness } from "../questions/Nearness.ts"
import { groupQuestions } from "../questions/QuestionGroups.ts"
import { byWording } from "../questions/Wording.ts"
import { byCodeUnits, total } from "./Counts.ts"
import { isOverdue, laterMiss } from "./Miss.ts"
import { missedIn } from "./Missed.ts"
import { addQuestion, emptyQuestion, type QuestionTally } from "./QuestionTally.ts"
import type { MissedBefore } from "./WeekBefore.ts"
import type { MissedLine, QuestionLine } from "./WeeklyReport.ts"
import type { WeeklyTally } from "./WeeklyTally.ts"

/** Decides which of the unanswered questions are missed, and which are still waiting. */
const lineOf = (
  question: string,
  { lastMiss, sessions, unanswered, variants, ...counts }: QuestionTally,
  now: number
): MissedLine => {
  const overdue = unanswered.filter((one) => isOverdue(one, now))
  const last = overdue.at(-1)
  const miss = laterMiss(lastMiss, last && { ...last, kind: "noAnswer" })
  const missing = [...sessions].flatMap(([session, isMissed]) => (isMissed ? [session] : []))
  return {
    question,
    variants: variants.size,
    sessions: sessions.size,
    missedSessions: new Set([...missing, ...overdue.map(({ sessionId }) => sessionId)]).size,
    ...counts,
    noAnswer: overdue.length,
    ...(miss === undefined
      ? {}
      : { lastMiss: { requestId: miss.requestId, timestamp: miss.timestamp, kind: miss.kind } })
  }
}

/** A question of either week: what became of it this week, and how often it was missed before. */
interface Candidate {
  readonly question: string
  readonly tally: QuestionTally | undefined
  readonly missedBefore: number
}

const bestWording = ({ variants }: QuestionTally): string =>
  byWording([...variants].map(([question, count]) => ({ question, count })))[0]?.question ?? ""

/** Questions of the same key are one, so that fewer are left to compare. */
const candidatesOf = (
  questions: WeeklyTally["questions"],
  before: MissedBefore | undefined
): ReadonlyArray<Candidate> => [
  ...[...questions].map(([key, tally]) => ({
    question: bestWording(tally),
    tally,
    missedBefore: before?.get(key)?.asked ?? 0
  })),
  ...[...(before ?? [])]
    .filter(([key]) => !questions.has(key))
    .map(([, { asked, question }]) => ({ question, tally: undefined, missedBefore: asked }))
]

/** The wordings that grouping compares, each once, the most asked first. */
export const comparedWordings = (
  questions: WeeklyTally["questions"],
  before: MissedBefore | undefined
): ReadonlyArray<string> => {
  const asked = candidatesOf(questions, before)
    .filter(({ question }) => !isGreeting(question))
    .map(({ question, tally }) => ({ question, asked: tally?.asked ?? 0 }))
    .sort((a, b) => b.asked - a.asked || byCodeUnits(a.question, b.question))
  return [...new Set(asked.map(({ question }) => question))]
}

/**
 * Groups this week's questions together with those missed the week before, so that one that was
 * missed is recognised in other words.
 */
const linesOf = (
  questions: WeeklyTally["questions"],
  before: MissedBefore | undefined,
  now: number,
  nearness: Nearness | undefined
) => {
  const candidates = candidatesOf(questions, before)
  const counted = candidates.map(({ question, tally }) => ({ question, count: tally?.asked ?? 0 }))
  const groups = groupQuestions(counted, nearness && { nearness })
  const lines = groups.flatMap(({ members, others, question }): ReadonlyArray<MissedLine> => {
    const sum = emptyQuestion()
    let missedBefore = 0
    for (const member of members.flatMap((index) => candidates[index] ?? [])) {
      if (member.tally !== undefined) addQuestion(sum, member.tally)
      missedBefore += member.missedBefore
    }
    const compared = before === undefined ? {} : { missedBefore }
    const also = others.length === 0 ? {} : { others: others.map((other) => ({ question: other })) }
    return sum.asked === 0 ? [] : [{ ...lineOf(question, sum, now), ...also, ...compared }]
  })
  return { lines, ungrouped: total(groups.map((group) => (group.isCompared ? 0 : group.count))) }
}

const mostAskedFirst = (a: QuestionLine, b: QuestionLine): number =>
  b.asked - a.asked || byCodeUnits(a.question, b.question)

const mostMissedFirst = (a: QuestionLine, b: QuestionLine): number =>
  missedIn(b) - missedIn(a) ||
  (b.missedSessions ?? 0) - (a.missedSessions ?? 0) ||
  mostAskedFirst(a, b)

const withoutMiss = ({ lastMiss: _, ...line }: MissedLine): QuestionLine => line

/** All lists of a week, uncut. Greetings and thanks are asked, and never listed as missed. */
export const questionLists = (
  { questions }: Pick<WeeklyTally, "questions">,
  before: MissedBefore | undefined,
  now: number,
  nearness?: Nearness
) => {
  const all = [...questions]
  const greetings = all.filter(([, tally]) => isGreeting(bestWording(tally)))
  const greeted = new Set(greetings.map(([key]) => key))
  const asking = new Map(all.filter(([key]) => !greeted.has(key)))
  const { lines, ungrouped } = linesOf(asking, before, now, nearness)
  const greetingLines = greetings.map(([, tally]) => lineOf(bestWording(tally), tally, now))
  return {
    ungrouped,
    top: [...lines, ...greetingLines].sort(mostAskedFirst).map(withoutMiss),
    unanswered: lines.filter((line) => missedIn(line) > 0).sort(mostMissedFirst),
    closed: lines
      .filter((line) => (line.missedBefore ?? 0) > 0 && missedIn(line) === 0 && line.full > 0)
      .sort((a, b) => (b.missedBefore ?? 0) - (a.missedBefore ?? 0) || mostAskedFirst(a, b))
      .map(({ asked, missedBefore = 0, question }) => ({ question, asked, missedBefore }))
  }
}
