/**
 * The report of one period: plain numbers and ranked lists, which are frozen as JSON and rendered.
 * `summarize` makes it; the same tally and context give the same report.
 */
import * as Schema from "effect/Schema"
import { Period, WeekId } from "../IsoWeek.ts"
import { keptUntil } from "../Retention.ts"
import { ConversationFigures } from "./ConversationFigures.ts"
import { plus } from "./Counts.ts"
import { GapFate } from "./GapFate.ts"
import { GroupId } from "./GroupId.ts"
import { Grouping } from "./Grouping.ts"
import { MissKind } from "./Miss.ts"
import { missedIn } from "./Missed.ts"
import { Cost } from "./ModelPrice.ts"
import { Pipeline } from "./Pipeline.ts"
import { ReportText } from "./ReportText.ts"
import { BadRating, Votes } from "./Votes.ts"

const Count = Schema.Natural

/** The longest ranked list of the report. */
export const listLengthMax = 10

/** Weeks of the trend, including the reported one. */
export const trendLengthMax = 8

/** A group of similar questions, named by its best wording; `variants` counts them. */
export const QuestionLine = Schema.Struct({
  question: ReportText,
  /** Up to three other wordings; absent in a report that does not tell them. */
  others: Schema.optionalKey(Schema.Array(Schema.Struct({ question: ReportText }))),
  /** The same in every list and every week; absent in a report that does not tell it. */
  id: Schema.optionalKey(GroupId),
  asked: Count,
  variants: Count,
  sessions: Count,
  full: Count,
  partial: Count,
  none: Count,
  /** Answers that could not be read, which are neither good nor missed. */
  unknown: Schema.optionalKey(Count),
  failed: Count,
  /** Questions whose answer did not come. */
  noAnswer: Schema.optionalKey(Count),
  /** Sessions that were left without a good answer. */
  missedSessions: Schema.optionalKey(Count),
  /** Absent when no answer told a score. */
  scoreMax: Schema.optionalKey(Schema.Finite),
  /** How often it was asked in the previous week; absent if that week is not compared with. */
  askedBefore: Schema.optionalKey(Count),
  /** How often it was missed in the previous week; absent likewise. */
  missedBefore: Schema.optionalKey(Count)
})
export type QuestionLine = typeof QuestionLine.Type

/** The last exchange in which a question was missed, and the beginning of its answer, if known. */
const LastMiss = Schema.Struct({
  requestId: Schema.String,
  timestamp: Schema.Int,
  kind: MissKind,
  answer: Schema.optionalKey(ReportText)
})

/** A group that was missed at least once. */
export const MissedLine = Schema.Struct({
  ...QuestionLine.fields,
  /** Misses after which the visitor asked again; absent where no conversation is told. */
  askedAgain: Schema.optionalKey(Count),
  lastMiss: Schema.optionalKey(LastMiss)
})
export type MissedLine = typeof MissedLine.Type

/** A group that was missed in the previous week, but not in this one. */
export const ClosedQuestion = Schema.Struct({
  question: ReportText,
  id: Schema.optionalKey(GroupId),
  asked: Count,
  missedBefore: Count
})

const Ranked = Schema.Array(Schema.Struct({ name: Schema.String, questions: Count }))

/** The numbers by which weeks are compared. */
export const Measures = Schema.Struct({
  questions: Count,
  sessions: Count,
  /** Full and partial matches. */
  answered: Count,
  /** Without a good answer; see `missedIn`. */
  missed: Count,
  failed: Count,
  p95Ms: Schema.optionalKey(Schema.Finite),
  /** Absent when a price or a count is unknown. */
  usd: Schema.optionalKey(Schema.Finite),
  /** The known part of the cost where another part is unknown. */
  usdAtLeast: Schema.optionalKey(Schema.Finite)
})
export type Measures = typeof Measures.Type

const modelFields = {
  /** Questions that it answered, or failed to answer. */
  questions: Count,
  /** Those without a good answer; a question that got no answer names no model. */
  missed: Count,
  p95Ms: Schema.Finite,
  /** The cost of all answers but the `unpriced` ones, whose tokens or price are unknown. */
  usd: Schema.Finite,
  unpriced: Count
}

/** The answers of one model; its name is empty where the chatbot told none. */
export const ModelLine = Schema.Struct({ model: Schema.String, ...modelFields })
export type ModelLine = typeof ModelLine.Type

export const WeeklyReport = Schema.Struct({
  period: Period,
  generatedAt: Schema.Int,
  /** The time of the last question that could be read in time; absent when all were. */
  readUntil: Schema.optionalKey(Schema.Int),
  questions: Count,
  sessions: Count,
  /** Absent where no conversation is told. */
  conversations: Schema.optionalKey(ConversationFigures),
  answers: Schema.Struct({
    full: Count,
    partial: Count,
    none: Count,
    /** Answers that could not be read; absent in reports that did not count them. */
    unknown: Schema.optionalKey(Count),
    failed: Count
  }),
  /** Questions whose answer did not come in time; others that await theirs are still young. */
  noAnswer: Count,
  status: Schema.Struct({ correlated: Count, awaitingResponse: Count, awaitingQuery: Count }),
  excluded: Schema.Struct({ bots: Count, own: Count }),
  /** Questions that are missing from the lists, because their text was withheld. */
  withoutText: Schema.optionalKey(Count),
  /** Questions that are missing from the lists, because the week has too many different ones. */
  unlisted: Schema.optionalKey(Count),
  /** Questions that were not compared with others; each is a group of its own. */
  ungrouped: Schema.optionalKey(Count),
  /** Tells how like questions were found when the means of this system was away. */
  grouping: Schema.optionalKey(Grouping),
  /** Stored items that could not be read; they are in no other number. */
  unreadable: Schema.optionalKey(Count),
  /** Messages in the dead-letter queue when the report was made; absent if unknown. */
  deadLetters: Schema.optionalKey(Count),
  /** Those that were there when the week before was reported; absent if unknown. */
  deadLettersBefore: Schema.optionalKey(Count),
  /** Stored events of the week, bots and own visits included. */
  events: Schema.optionalKey(Count),
  /** The lost events that the edge reported; more may be lost. */
  lost: Schema.optionalKey(Count),
  /** Sums that are too low, because they have reached the largest number that is exact. */
  capped: Schema.optionalKey(Schema.Array(Schema.Literals(["lost", "tokens"]))),
  /** Questions whose name in a list is none of those that were told apart. */
  unlistedNames: Schema.optionalKey(
    Schema.Struct({ countries: Count, devices: Count, referrers: Count, languages: Count })
  ),
  pipeline: Schema.optionalKey(Pipeline),
  days: Schema.Array(Schema.Struct({ date: Schema.String, questions: Count })),
  /** Questions by weekday (Monday first) and hour of the zone. */
  hours: Schema.Array(Schema.Array(Count)),
  /** The missed ones of them, from which the watch knows what is usual; absent for none. */
  missedHours: Schema.optionalKey(Schema.Array(Schema.Array(Count))),
  /** Answers by match score, as far as one is told, in ten equal steps from 0 to 1. */
  scores: Schema.Array(Count),
  latencyMs: Schema.optionalKey(
    Schema.Struct({ p50: Schema.Finite, p95: Schema.Finite, p99: Schema.Finite })
  ),
  tokens: Schema.Struct({
    /** The answers that told their tokens, which alone are in the sums and in the cost. */
    answers: Count,
    input: Count,
    cachedInput: Count,
    cacheWrites: Count,
    output: Count,
    reasoning: Count
  }),
  cost: Cost,
  /** The models with the most questions. */
  models: Schema.Array(ModelLine),
  /** All further models together. */
  otherModels: Schema.optionalKey(Schema.Struct(modelFields)),
  countries: Ranked,
  devices: Ranked,
  referrers: Ranked,
  /** The languages of questions by their ISO 639-1 codes, as far as they were recognised. */
  languages: Ranked,
  /** The languages of questions that were answered in another one. */
  answeredInOther: Schema.Array(
    Schema.Struct({ asked: Schema.String, answered: Schema.String, questions: Count })
  ),
  topQuestions: Schema.Array(QuestionLine),
  /** Every group with a miss, most often missed first. */
  unanswered: Schema.Array(MissedLine),
  closed: Schema.Array(ClosedQuestion),
  /** The gaps that the owner answered or set aside; absent for none. */
  gaps: Schema.optionalKey(Schema.Array(GapFate)),
  /** Absent when nobody voted. */
  votes: Schema.optionalKey(Votes),
  /** The answers that visitors voted down, of which those told answered come first. */
  ratedBadly: Schema.optionalKey(Schema.Array(BadRating)),
  /** The previous week as it stood when this report was made; absent if it is not known. */
  previous: Schema.optionalKey(Measures),
  /** Tells why a previous week that had questions is not compared with. */
  notCompared: Schema.optionalKey(Schema.Literals(["expired", "unread"])),
  /** Questions and answers of the previous week that came after its report. */
  late: Schema.optionalKey(Schema.Struct({ questions: Count, answers: Count })),
  /** Earlier weeks that were reported after their end, oldest first; the last as it stands now. */
  trend: Schema.Array(Schema.Struct({ weekId: WeekId, questions: Count, missed: Count }))
})
export type WeeklyReport = typeof WeeklyReport.Type

/** A report quotes questions, so it expires with the first of them. */
export const reportKeptUntil = ({ period }: WeeklyReport): number => keptUntil(period.startMs)

export const answersIn = ({ answers }: Pick<WeeklyReport, "answers">): number => {
  const { failed, full, none, partial, unknown = 0 } = answers
  return full + partial + none + unknown + failed
}

/** The answers that did not tell their tokens, or told a part of them. */
export const answersWithoutTokens = (report: WeeklyReport): number =>
  answersIn(report) - report.tokens.answers

/** The questions without a good answer. */
export const missedOf = ({ answers, noAnswer }: WeeklyReport): number =>
  missedIn({ ...answers, noAnswer })

/** False while a price, a count of tokens or a sum of them is unknown. */
export const isCostWhole = (report: WeeklyReport): boolean =>
  report.cost.unknown.length + answersWithoutTokens(report) === 0 &&
  report.capped?.includes("tokens") !== true

export const measuresOf = (report: WeeklyReport): Measures => ({
  questions: report.questions,
  sessions: report.sessions,
  answered: plus(report.answers.full, report.answers.partial),
  missed: missedOf(report),
  failed: report.answers.failed,
  ...(report.latencyMs === undefined ? {} : { p95Ms: report.latencyMs.p95 }),
  [isCostWhole(report) ? "usd" : "usdAtLeast"]: report.cost.usd
})

/** True when neither a question nor an answer arrived from a person. */
export const isQuiet = ({ questions, status }: WeeklyReport): boolean =>
  questions + status.awaitingQuery === 0

/**
 * Dead letters since the report before, at least; all that wait where that is not known, or where
 * some were put away meanwhile. `undefined` while their number is unknown.
 */
export const newDeadLetters = ({
  deadLetters,
  deadLettersBefore = 0
}: Pick<WeeklyReport, "deadLetters" | "deadLettersBefore">): number | undefined =>
  deadLetters === undefined || deadLetters < deadLettersBefore
    ? deadLetters
    : deadLetters - deadLettersBefore

/** True when some events are missing from the numbers, so the week may not have been quiet. */
export const isDoubtful = (report: WeeklyReport): boolean => {
  const { events = 0, lost = 0, pipeline, readUntil, unreadable = 0 } = report
  const dead = newDeadLetters(report) ?? 0
  return (
    readUntil !== undefined ||
    dead + lost + unreadable > 0 ||
    (events === 0 && (pipeline?.accepted ?? 0) > 0)
  )
}

/** False for an interim report, which other weeks are not compared with. */
export const isWhole = ({ generatedAt, period }: WeeklyReport): boolean =>
  generatedAt >= period.endMs
