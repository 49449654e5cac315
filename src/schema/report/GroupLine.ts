/** The line of a group in the report's lists: what became of its questions in both weeks. */
import type { QuestionGroup } from "../questions/QuestionGroups.ts"
import { total } from "./Counts.ts"
import { isOverdue, laterMiss } from "./Miss.ts"
import { addQuestion, emptyQuestion, type QuestionTally } from "./QuestionTally.ts"
import type { QuestionBefore } from "./WeekBefore.ts"
import type { MissedLine } from "./WeeklyReport.ts"

/** A question of either week, by its `questionKey`. */
export interface Candidate {
  readonly key: string
  readonly question: string
  /** Its fate this week. */
  readonly tally: QuestionTally | undefined
  readonly before: QuestionBefore | undefined
}

/** Decides which of the unanswered questions are missed, and which are still waiting. */
const lineOf = (
  question: string,
  {
    firstAsked: _,
    lastAsked: __,
    lastMiss,
    sessions,
    unanswered,
    variants,
    ...counts
  }: QuestionTally,
  now: number
): MissedLine => {
  const overdue = unanswered.filter((one) => isOverdue(one, now))
  const last = overdue.at(-1)
  const miss = laterMiss(lastMiss, last && { ...last, kind: "noAnswer" })
  const missing = [...sessions].flatMap(([session, isMissed]) => (isMissed ? [session] : []))
  return {
    question,
    variants: new Set([...variants.keys()].map((text) => text.normalize("NFC"))).size,
    sessions: sessions.size,
    missedSessions: new Set([...missing, ...overdue.map(({ sessionId }) => sessionId)]).size,
    ...counts,
    noAnswer: overdue.length,
    ...(miss === undefined
      ? {}
      : { lastMiss: { requestId: miss.requestId, timestamp: miss.timestamp, kind: miss.kind } })
  }
}

export interface GroupLine {
  readonly line: MissedLine
  /** Those of its questions in both weeks. */
  readonly keys: ReadonlyArray<string>
  /** The last time of this week. */
  readonly lastAsked: number
}

/** Absent for a group of the week before alone. */
export const groupLine = (
  members: ReadonlyArray<Candidate>,
  { others, question }: Pick<QuestionGroup, "others" | "question">,
  isCompared: boolean,
  now: number
): GroupLine | undefined => {
  const sum = emptyQuestion()
  for (const { tally } of members) if (tally !== undefined) addQuestion(sum, tally)
  if (sum.asked === 0) return undefined
  const compared = {
    askedBefore: total(members.map(({ before }) => before?.asked ?? 0)),
    missedBefore: total(members.map(({ before }) => before?.missed ?? 0))
  }
  const also = others.length === 0 ? {} : { others: others.map((other) => ({ question: other })) }
  return {
    line: { ...lineOf(question, sum, now), ...also, ...(isCompared ? compared : {}) },
    keys: members.map(({ key }) => key),
    lastAsked: sum.lastAsked
  }
}
