/**
 * The sum of a week's interactions, before zones, prices, rounding and ranking. A commutative
 * monoid: `empty`, `combine`, and `observe` for one more interaction. Distinct values (sessions,
 * questions, milliseconds) bound its memory, not interactions.
 */

import type { InteractionSummary, Unreadable } from "../InteractionSummary.ts"
import { add, addAll } from "./Counts.ts"
import {
  addQuestion,
  answerOf,
  emptyQuestion,
  observeQuestion,
  type QuestionTally,
  questionKey
} from "./QuestionTally.ts"

/** A quarter of an hour, of which every UTC offset in use is a multiple. */
export const bucketMs = 900_000

const noUsage = { answers: 0, input: 0, cachedInput: 0, cacheWrites: 0, output: 0, reasoning: 0 }

/**
 * Tokens of one model on one UTC day, which is as fine as prices change. `answers` told both their
 * input and their output; all others count nowhere here.
 */
export type Usage = typeof noUsage
const usageFields = Object.keys(noUsage) as ReadonlyArray<keyof Usage>
const emptyUsage = (): Usage => ({ ...noUsage })

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
  /** Stored events, including those of bots and of the owner. */
  events: 0,
  /** Events that the edge reported as lost. */
  lost: 0
}
type Totals = typeof noCounts
const totals = Object.keys(noCounts) as ReadonlyArray<keyof Totals>

const noMaps = () => ({
  /** Questions per quarter of an hour since the epoch. */
  clock: new Map<number, number>(),
  /** Answers per processing time in whole milliseconds. */
  latencies: new Map<number, number>(),
  /** Answers per match score in whole hundredths, as far as a score is told. */
  scores: new Map<number, number>(),
  countries: new Map<string, number>(),
  devices: new Map<string, number>(),
  referrers: new Map<string, number>()
})

export interface WeeklyTally extends Totals, Readonly<ReturnType<typeof noMaps>> {
  readonly sessions: Set<string>
  /** Keys are `usageKey`s. */
  readonly usage: Map<string, Usage>
  readonly questions: Map<string, QuestionTally>
}

export const empty = (): WeeklyTally => ({
  ...noCounts,
  ...noMaps(),
  sessions: new Set(),
  usage: new Map(),
  questions: new Map()
})

/** `<UTC date>/<model>`: the date first, because a model's name may hold anything or be absent. */
export const usageKey = (timestamp: number, model = ""): string =>
  `${new Date(timestamp).toISOString().slice(0, 10)}/${model}`

const getOr = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const known = map.get(key)
  if (known !== undefined) return known
  const fresh = make()
  map.set(key, fresh)
  return fresh
}

const observeQuery = (tally: WeeklyTally, { query, timestamp }: InteractionSummary): void => {
  if (query === undefined) return
  add(tally.clock, Math.floor(timestamp / bucketMs))
  add(tally.countries, query.country ?? "")
  add(tally.devices, query.device ?? "")
  add(tally.referrers, query.referrerHost ?? "")
}

const observeResponse = (tally: WeeklyTally, summary: InteractionSummary): void => {
  const { response, timestamp } = summary
  if (response === undefined) return
  tally[answerOf(response)] += 1
  add(tally.latencies, Math.round(response.processingTimeMs))
  if (response.matchScore !== undefined) add(tally.scores, Math.round(response.matchScore * 100))
  const { input, output, ...parts } = response.tokens ?? {}
  if (input === undefined || output === undefined) return
  const usage = getOr(tally.usage, usageKey(timestamp, response.model), emptyUsage)
  const told = { ...noUsage, ...parts, answers: 1, input, output }
  for (const field of usageFields) usage[field] += told[field]
}

const statusCounter = {
  correlated: "correlated",
  awaiting_response: "awaitingResponse",
  awaiting_query: "awaitingQuery"
} as const

/** Adds one interaction to the tally in place and returns the tally. */
export const observe = (
  tally: WeeklyTally,
  summary: InteractionSummary | Unreadable
): WeeklyTally => {
  if (summary.status === "unreadable") {
    tally.unreadable += 1
    return tally
  }
  const { query, response, sessionId, status } = summary
  tally.events += Number(query !== undefined) + Number(response !== undefined)
  tally.lost += query?.lostBefore ?? 0
  if (query?.own === 1) {
    tally.own += 1
    return tally
  }
  if (query?.agent === "bot") {
    tally.bots += 1
    return tally
  }
  tally[statusCounter[status]] += 1
  tally.sessions.add(sessionId)
  observeQuery(tally, summary)
  observeResponse(tally, summary)
  if (query?.question === "") tally.withoutText += 1
  else if (query !== undefined) {
    const question = getOr(tally.questions, questionKey(query.question), emptyQuestion)
    observeQuestion(question, query.question, summary)
  }
  return tally
}

const textCounts = ["countries", "devices", "referrers"] as const
const numberCounts = ["clock", "latencies", "scores"] as const

const addTally = (target: WeeklyTally, part: WeeklyTally): void => {
  for (const field of totals) target[field] += part[field]
  for (const field of textCounts) addAll(target[field], part[field])
  for (const field of numberCounts) addAll(target[field], part[field])
  for (const session of part.sessions) target.sessions.add(session)
  for (const [key, usage] of part.usage) {
    const sum = getOr(target.usage, key, emptyUsage)
    for (const field of usageFields) sum[field] += usage[field]
  }
  for (const [key, question] of part.questions) {
    addQuestion(getOr(target.questions, key, emptyQuestion), question)
  }
}

/** The tally of both parts; neither part is changed. */
export const combine = (left: WeeklyTally, right: WeeklyTally): WeeklyTally => {
  const both = empty()
  addTally(both, left)
  addTally(both, right)
  return both
}
