/** The answers of one model, whose name the chatbot told. */
import type { InteractionSummary } from "../InteractionSummary.ts"
import { addAll, plus } from "./Counts.ts"
import type { Sum } from "./Named.ts"
import { addTime } from "./Percentile.ts"
import { answerOf } from "./QuestionTally.ts"
import { addUse, noUse, type TokenUse, useOf } from "./TokenUse.ts"

export interface ModelTally {
  answers: number
  /** Answers that were none, or failed. */
  missed: number
  /** Answers per processing time, with three digits. */
  readonly latencies: Map<number, number>
  /** By UTC date, which is as fine as prices change. */
  readonly usage: Map<string, TokenUse>
}

const empty = (): ModelTally => ({ answers: 0, missed: 0, latencies: new Map(), usage: new Map() })

const addTo = (target: ModelTally, part: ModelTally): ModelTally => {
  target.answers = plus(target.answers, part.answers)
  target.missed = plus(target.missed, part.missed)
  addAll(target.latencies, part.latencies)
  for (const [date, use] of part.usage) {
    const sum = target.usage.get(date) ?? noUse()
    addUse(sum, use)
    target.usage.set(date, sum)
  }
  return target
}

/** More models than a chatbot asks in a week, because each has times and tokens of its own. */
export const byModel: Sum<ModelTally> = { namesMax: 100, empty, add: addTo }

const dateOf = (timestamp: number): string => new Date(timestamp).toISOString().slice(0, 10)

/** The tally of one answer. */
export const tallyOf = (
  response: NonNullable<InteractionSummary["response"]>,
  timestamp: number
): ModelTally => {
  const tally = empty()
  const [verdict, use] = [answerOf(response), useOf(response.tokens ?? {})]
  tally.answers = 1
  tally.missed = verdict === "none" || verdict === "failed" ? 1 : 0
  addTime(tally.latencies, response.processingTimeMs, 1000)
  if (use !== undefined) tally.usage.set(dateOf(timestamp), use)
  return tally
}
