/**
 * The sum of a week's interactions, before zones, prices, rounding and ranking. A commutative
 * monoid: `empty`, `combine`, and `observe` for one more interaction. Sessions, questions and those
 * without an answer bound its memory; all else that is distinct has a limit.
 */

import type { InteractionSummary } from "../InteractionSummary.ts"
import type { WeekEntry } from "../WeekEntry.ts"
import { boundQuestions, questionsHeldMax } from "./boundQuestions.ts"
import { addConversations, addTurn, noConversations } from "./Conversations.ts"
import { add, addAll, addFields, plus } from "./Counts.ts"
import { missOf } from "./Miss.ts"
import { byModel, tallyOf } from "./ModelTally.ts"
import { addAllNamed, addNamed, counting, noneNamed } from "./Named.ts"
import { addTime } from "./Percentile.ts"
import {
  addQuestion,
  answerOf,
  emptyQuestion,
  observeQuestion,
  type QuestionTally,
  questionKey
} from "./QuestionTally.ts"
import { addRatings, badRatingOf, isToldAnswered, ratingsMax, verdictOf } from "./RatedBadly.ts"
import type { BadRating } from "./Votes.ts"

/** A quarter of an hour, of which every UTC offset in use is a multiple. */
export const bucketMs = 900_000

/** Times up to a minute are counted exactly. */
const exactMs = 60_000

/** The match scores from 0 to 1 in equal steps. */
export const scoreSteps = 10

const noCounts = {
  awaitingResponse: 0,
  awaitingQuery: 0,
  correlated: 0,
  full: 0,
  partial: 0,
  none: 0,
  /** Answers that could not be read. */
  unknown: 0,
  failed: 0,
  /** Interactions of bots and of the owner, which are in no other count but `events`. */
  bots: 0,
  own: 0,
  /** Stored items that cannot be read. */
  unreadable: 0,
  /** Questions whose text was withheld: they are in every count, and in no group. */
  withoutText: 0,
  /** Questions that were let go, because the week has too many different ones. */
  unlisted: 0,
  /** Votes on the answers of visitors; a vote that was taken back is none. */
  up: 0,
  down: 0,
  /** Votes down on an answer that its words make a good one. */
  downThoughAnswered: 0,
  /** Votes up on an answer that was missed. */
  upThoughMissed: 0,
  /** Votes whose question is not stored; they are in no other count but `events`. */
  votesAlone: 0,
  /** Stored events, including those of bots and of the owner. */
  events: 0,
  /** Events that the edge reported as lost. */
  lost: 0
}
type Totals = typeof noCounts
const totals = Object.keys(noCounts) as ReadonlyArray<keyof Totals>

const noNumbers = () => ({
  /** Questions per quarter of an hour since the epoch. */
  clock: new Map<number, number>(),
  /** Answers that were none, or failed, likewise. */
  missedClock: new Map<number, number>(),
  /** Questions without an answer by the time of asking, because young ones still wait. */
  unanswered: new Map<number, number>(),
  /** Answers per processing time in whole milliseconds; see `addTime`. */
  latencies: new Map<number, number>(),
  /** Answers per step of the match score, as far as a score is told. */
  scores: new Map<number, number>()
})
const numberCounts = Object.keys(noNumbers()) as ReadonlyArray<keyof ReturnType<typeof noNumbers>>

const noNames = () => ({
  countries: noneNamed(counting),
  devices: noneNamed(counting),
  referrers: noneNamed(counting),
  /** Languages of questions. */
  languages: noneNamed(counting),
  /** Questions answered in another language: `de>en`. */
  answeredInOther: noneNamed(counting)
})
const nameCounts = Object.keys(noNames()) as ReadonlyArray<keyof ReturnType<typeof noNames>>

/** A tally with all bad ratings has no bound on them. */
export const empty = (keptRatings = ratingsMax) => ({
  ...noCounts,
  ...noNumbers(),
  ...noNames(),
  models: noneNamed(byModel),
  sessions: new Set<string>(),
  conversations: noConversations(),
  ratedBadly: [] as BadRating[],
  keptRatings,
  questions: new Map<string, QuestionTally>()
})
export type WeeklyTally = ReturnType<typeof empty>

const getOr = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const known = map.get(key)
  if (known !== undefined) return known
  const fresh = make()
  map.set(key, fresh)
  return fresh
}

const observeQuery = (
  tally: WeeklyTally,
  { query, response, timestamp }: InteractionSummary
): void => {
  if (query === undefined) return
  add(tally.clock, Math.floor(timestamp / bucketMs))
  if (response === undefined) add(tally.unanswered, timestamp)
  addNamed(tally.countries, query.country ?? "", 1, counting)
  addNamed(tally.devices, query.device ?? "", 1, counting)
  addNamed(tally.referrers, query.referrerHost ?? "", 1, counting)
  addNamed(tally.languages, query.askedIn ?? "", 1, counting)
  const [asked = "", answered = ""] = [query.askedIn, response?.answeredIn]
  if (asked !== "" && answered !== "" && asked !== answered) {
    addNamed(tally.answeredInOther, `${asked}>${answered}`, 1, counting)
  }
}

const observeResponse = (tally: WeeklyTally, summary: InteractionSummary): void => {
  const { response, timestamp } = summary
  if (response === undefined) return
  tally[answerOf(response)] += 1
  if (missOf(summary) !== undefined) add(tally.missedClock, Math.floor(timestamp / bucketMs))
  addTime(tally.latencies, response.processingTimeMs, exactMs)
  if (response.matchScore !== undefined) {
    add(tally.scores, Math.min(scoreSteps - 1, Math.floor(response.matchScore * scoreSteps)))
  }
  addNamed(tally.models, response.model ?? "", tallyOf(response, timestamp), byModel)
}

const observeVote = (tally: WeeklyTally, summary: InteractionSummary): void => {
  const { vote } = summary
  if (vote === undefined || vote.rating === "withdrawn") return
  tally[vote.rating] += 1
  if (vote.rating === "up") {
    tally.upThoughMissed += Number(missOf(summary) !== undefined)
    return
  }
  tally.downThoughAnswered += Number(isToldAnswered(verdictOf(summary)))
  addRatings(tally.ratedBadly, [badRatingOf(summary, vote)], tally.keptRatings)
}

const statusCounter = {
  correlated: "correlated",
  awaiting_response: "awaitingResponse",
  awaiting_query: "awaitingQuery"
} as const

/** Adds one interaction, or a vote without one, to the tally in place and returns the tally. */
export const observe = (tally: WeeklyTally, summary: WeekEntry): WeeklyTally => {
  if (summary.status === "unreadable") {
    tally.unreadable += 1
    return tally
  }
  if (summary.status === "vote") {
    tally.events += 1
    tally.votesAlone += 1
    return tally
  }
  const { query, response, status, vote } = summary
  tally.events += [query, response, vote].filter((part) => part !== undefined).length
  tally.lost = plus(tally.lost, query?.lostBefore ?? 0)
  if (query?.own === 1) {
    tally.own += 1
    return tally
  }
  if (query?.agent === "bot") {
    tally.bots += 1
    return tally
  }
  tally[statusCounter[status]] += 1
  observeQuery(tally, summary)
  observeResponse(tally, summary)
  const key = questionKey(query?.question ?? "")
  const session = addTurn(tally.conversations, summary, key)
  tally.sessions.add(session)
  observeVote(tally, summary)
  if (query?.question === "") tally.withoutText += 1
  else if (query !== undefined) {
    const question = getOr(tally.questions, key, emptyQuestion)
    observeQuestion(question, query.question, { ...summary, sessionId: session })
    if (tally.questions.size > questionsHeldMax) boundQuestions(tally)
  }
  return tally
}

const addTally = (target: WeeklyTally, part: WeeklyTally): void => {
  addFields(target, part, totals)
  for (const field of numberCounts) addAll(target[field], part[field])
  for (const field of nameCounts) addAllNamed(target[field], part[field], counting)
  addAllNamed(target.models, part.models, byModel)
  addRatings(target.ratedBadly, part.ratedBadly, target.keptRatings)
  for (const session of part.sessions) target.sessions.add(session)
  addConversations(target.conversations, part.conversations)
  for (const [key, question] of part.questions) {
    addQuestion(getOr(target.questions, key, emptyQuestion), question)
  }
}

/** The tally of both parts; neither part is changed. */
export const combine = (left: WeeklyTally, right: WeeklyTally): WeeklyTally => {
  const both = empty(left.keptRatings)
  addTally(both, left)
  addTally(both, right)
  return both
}
