/** The report's lists of questions: similar ones as one, ranked, beside the week before. */
import type { Period } from "../IsoWeek.ts"
import { isGreeting } from "../questions/Greeting.ts"
import { groupQuestions } from "../questions/QuestionGroups.ts"
import { byWording } from "../questions/Wording.ts"
import { type ListedGroup, type ListedLine, withNewIds, withOldIds } from "./ContinuedGroups.ts"
import { conversationFigures, type Wording } from "./ConversationFigures.ts"
import { questionMark } from "./Conversations.ts"
import { byCodeUnits, total } from "./Counts.ts"
import type { GapFate } from "./GapFate.ts"
import type { GapMark } from "./GapMark.ts"
import type { KnownMeaning } from "./Grouping.ts"
import { type Candidate, type GroupLine, groupLine } from "./GroupLine.ts"
import { gapFates } from "./gapFates.ts"
import { missedIn } from "./Missed.ts"
import type { QuestionTally } from "./QuestionTally.ts"
import type { QuestionsBefore } from "./WeekBefore.ts"
import { listLengthMax, type MissedLine, type QuestionLine } from "./WeeklyReport.ts"
import type { WeeklyTally } from "./WeeklyTally.ts"

/** The week before: its questions as they stand now, and the groups that its report listed. */
interface Before {
  readonly questions: QuestionsBefore | undefined
  readonly listed: ReadonlyArray<ListedGroup>
  readonly gaps: ReadonlyArray<GapFate>
}

/** The rest of what the lists are made from. */
interface Making {
  readonly generatedAt: number
  readonly period: Period
  /** The last question that could be read in time; absent when all were. */
  readonly readUntil?: number
  /** Without it, words alone tell which questions are alike. */
  readonly meaning?: KnownMeaning
  /** The gaps that the owner answered or set aside; absent for none. */
  readonly gapMarks?: ReadonlyArray<GapMark>
  /** Lists are cut after so many lines; 10 without it, as in the e-mail. */
  readonly listLength?: number
  /** Learns which questions are in each group, because no line tells all of them. */
  readonly onGroups?: (groups: ReadonlyArray<GroupLine>) => void
}

export const bestWording = ({ variants }: QuestionTally): string =>
  byWording([...variants].map(([question, count]) => ({ question, count })))[0]?.question ?? ""

/** Questions of the same key are one, so that fewer are left to compare. */
const candidatesOf = (
  questions: WeeklyTally["questions"],
  before: QuestionsBefore = new Map()
): ReadonlyArray<Candidate> => [
  ...[...questions].map(([key, tally]) => ({
    key,
    question: bestWording(tally),
    tally,
    before: before.get(key)
  })),
  ...[...before]
    .filter(([key]) => !questions.has(key))
    .map(([key, one]) => ({ key, question: one.question, tally: undefined, before: one }))
]

/** This week's most asked first, then those missed and asked most in the week before. */
const inTurn = (a: Candidate, b: Candidate): number =>
  (b.tally?.asked ?? 0) - (a.tally?.asked ?? 0) ||
  (b.before?.missed ?? 0) - (a.before?.missed ?? 0) ||
  (b.before?.asked ?? 0) - (a.before?.asked ?? 0) ||
  byCodeUnits(a.question, b.question)

/** The wordings that grouping compares, each once, those that matter most first. */
export const comparedWordings = (
  questions: WeeklyTally["questions"],
  before: QuestionsBefore | undefined
): ReadonlyArray<string> => {
  const asking = candidatesOf(questions, before).filter(({ question }) => !isGreeting(question))
  return [...new Set(asking.sort(inTurn).map(({ question }) => question))]
}

/**
 * The groups of a week, each with the questions of both weeks, so that one is recognised in other
 * words. Greetings come last, because they are never listed as missed.
 */
const groupsOf = (
  candidates: ReadonlyArray<Candidate>,
  isCompared: boolean,
  { generatedAt: now, meaning }: Pick<Making, "generatedAt" | "meaning">
) => {
  const asking = candidates.filter(({ question }) => !isGreeting(question))
  const groups = groupQuestions(
    asking.map(({ question, tally }) => ({ question, count: tally?.asked ?? 0 })),
    meaning?.nearness && { nearness: meaning.nearness }
  )
  const greetings = candidates.filter(({ question }) => isGreeting(question))
  return {
    groups: groups.flatMap(
      (group) =>
        groupLine(
          group.members.flatMap((at) => asking[at] ?? []),
          group,
          isCompared,
          now
        ) ?? []
    ),
    greetings: greetings.flatMap(
      (one) => groupLine([one], { ...one, others: [] }, isCompared, now) ?? []
    ),
    ungrouped: total(groups.map((group) => (group.isCompared ? 0 : group.count)))
  }
}

/** The groups of some questions as the lists have them, greetings left out. */
export const askedGroups = (
  questions: WeeklyTally["questions"],
  making: Pick<Making, "generatedAt" | "meaning">
): ReadonlyArray<GroupLine> => groupsOf(candidatesOf(questions), false, making).groups

const mostAskedFirst = (a: QuestionLine, b: QuestionLine): number =>
  b.asked - a.asked || byCodeUnits(a.question, b.question)

const mostMissedFirst = (a: QuestionLine, b: QuestionLine): number =>
  missedIn(b) - missedIn(a) ||
  (b.missedSessions ?? 0) - (a.missedSessions ?? 0) ||
  mostAskedFirst(a, b)

const withoutMiss = ({ askedAgain: _, lastMiss: __, ...line }: MissedLine): QuestionLine => line

/** The week's questions as the turns of conversations name them. */
const wordingsOf = (candidates: ReadonlyArray<Candidate>): ReadonlyMap<number, Wording> =>
  new Map(
    candidates.map(({ key, question }) => [
      questionMark(key),
      { question, isGreeting: isGreeting(question) }
    ])
  )

/** All lists of a week. Greetings and thanks are asked, and never listed as missed. */
export const questionLists = (
  { conversations, questions }: Pick<WeeklyTally, "conversations" | "questions">,
  before: Before,
  making: Making
) => {
  const candidates = candidatesOf(questions, before.questions)
  const isCompared = before.questions !== undefined
  const { gapMarks = [], generatedAt: now, listLength = listLengthMax, period } = making
  const { readUntil = period.endMs } = making
  const heard = conversationFigures(conversations, {
    wordings: wordingsOf(candidates),
    now,
    untilMs: Math.min(now, period.endMs, readUntil)
  })
  const { greetings, groups, ungrouped } = groupsOf(candidates, isCompared, making)
  const all = [...groups, ...greetings].map((group) => {
    if (heard === undefined) return group
    const { keys, line } = group
    const askedAgain = total(keys.map((key) => heard.askedAgain.get(questionMark(key)) ?? 0))
    return { ...group, line: { ...line, askedAgain } }
  })
  const lines = withOldIds(all, before.listed)
  making.onGroups?.(all)
  const { fates, ignored } = gapFates(groups, gapMarks, before.gaps)
  const asking = lines.slice(0, groups.length)
  const named = withNewIds(period.weekId)
  const top = lines.toSorted(mostAskedFirst).map(withoutMiss)
  const unanswered = asking
    .filter((line, place) => missedIn(line) > 0 && !ignored.has(place))
    .sort(mostMissedFirst)
  const closed = asking
    .filter((line) => (line.missedBefore ?? 0) > 0 && missedIn(line) === 0 && line.full > 0)
    .sort((a, b) => (b.missedBefore ?? 0) - (a.missedBefore ?? 0) || mostAskedFirst(a, b))
    .map(({ asked, id, missedBefore = 0, question }) => ({
      question,
      ...(id === undefined ? {} : { id }),
      asked,
      missedBefore
    }))
  // the lines of the e-mail take their ids first, so that longer lists have the same ones
  for (const list of [top, unanswered, closed]) {
    for (const line of list.slice(0, listLengthMax)) named(line)
  }
  const cut = <L extends ListedLine>(list: ReadonlyArray<L>): ReadonlyArray<L> =>
    list.slice(0, listLength).map((line) => named(line))
  return {
    ...(heard === undefined ? {} : { conversations: heard.figures }),
    ungrouped,
    gaps: fates,
    top: cut(top),
    unanswered: cut(unanswered),
    closed: cut(closed)
  }
}
