/** What conversations of a week tell: their length, what was asked again, how they ended. */
import * as Schema from "effect/Schema"
import { asksAgain } from "../questions/asksAgain.ts"
import { type Conversation, type Conversations, type Turn, turnsOf } from "./Conversations.ts"
import { add, total } from "./Counts.ts"
import { isOverdue } from "./Miss.ts"
import { percentiles } from "./Percentile.ts"

const Count = Schema.Natural

export const ConversationFigures = Schema.Struct({
  count: Count,
  questions: Count,
  /** Conversations of one question. */
  single: Count,
  /** Half of the conversations have so many questions or fewer. */
  median: Count,
  /** Questions with a text that were missed or voted down, and those of them asked again. */
  missed: Count,
  askedAgain: Count,
  /** Conversations whose end is known, and those of them whose last question was missed. */
  ended: Count,
  endedOnMiss: Count
})
export type ConversationFigures = typeof ConversationFigures.Type

/** Whoever asks later begins anew, and a conversation that is younger may go on. */
export const patienceOfVisitorsMs = 600_000

/** A question of the week as its turns name it. */
export interface Wording {
  readonly question: string
  /** It greets or thanks, so it neither asks again nor ends a conversation. */
  readonly isGreeting: boolean
}

export interface Hearing {
  /** By the mark of the question; one that was let go has none. */
  readonly wordings: ReadonlyMap<number, Wording>
  readonly now: number
  /** The end of what was read. */
  readonly untilMs: number
}

/** Visitors mostly repeat the same few pairs, so that few are compared. */
const pairsMax = 10_000

/** Groups of questions are too wide for this: docs/decisions/0031. */
const comparer = () => {
  const known = new Map<string, boolean>()
  return (one: Wording, other: Wording): boolean => {
    const pair = `${one.question}\n${other.question}`
    const isAlike = known.get(pair) ?? asksAgain(one.question, other.question)
    if (known.size === pairsMax) known.clear()
    known.set(pair, isAlike)
    return isAlike
  }
}

const isMissed = ({ askedAt, fate }: Turn, now: number): boolean =>
  fate === "missed" || (fate === "waiting" && isOverdue({ timestamp: askedAt }, now))

interface Heard {
  readonly turn: Turn
  readonly wording: Wording | undefined
}

/** The turns that ask something, as far as that can be known. */
const heardIn = (conversation: Conversation, { wordings }: Hearing): ReadonlyArray<Heard> =>
  turnsOf(conversation)
    .map((turn) => ({ turn, wording: wordings.get(turn.question) }))
    .filter(({ wording }) => wording?.isGreeting !== true)

/** Undefined while a conversation may go on, and where its last answer could not be read. */
const endOf = (
  last: Heard | undefined,
  { now, untilMs }: Hearing
): "good" | "missed" | undefined => {
  if (last === undefined || untilMs - last.turn.askedAt < patienceOfVisitorsMs) return undefined
  if (isMissed(last.turn, now)) return "missed"
  return last.turn.fate === "unread" ? undefined : "good"
}

/**
 * Absent where no conversation has a second question, because none is told then. What was asked
 * again is also counted by the mark of the missed question.
 */
export const conversationFigures = (conversations: Conversations, hearing: Hearing) => {
  const lengths = new Map<number, number>()
  const askedAgain = new Map<number, number>()
  const isAlike = comparer()
  let [missed, again, ended, endedOnMiss] = [0, 0, 0, 0]
  for (const conversation of conversations.values()) {
    add(lengths, conversation.asked)
    const heard = heardIn(conversation, hearing)
    for (const [at, { turn, wording }] of heard.entries()) {
      const isMiss = isMissed(turn, hearing.now)
      if (wording === undefined || !(isMiss || turn.fate === "votedDown")) continue
      missed += 1
      const next = heard[at + 1]
      if (next?.wording === undefined) continue
      if (next.turn.askedAt - turn.askedAt > patienceOfVisitorsMs) continue
      if (!isAlike(wording, next.wording)) continue
      again += 1
      if (isMiss) add(askedAgain, turn.question)
    }
    const end = endOf(heard.at(-1), hearing)
    ended += Number(end !== undefined)
    endedOnMiss += Number(end === "missed")
  }
  const single = lengths.get(1) ?? 0
  if (conversations.size === single) return undefined
  const figures: ConversationFigures = {
    count: conversations.size,
    questions: total([...lengths].map(([asked, count]) => asked * count)),
    single,
    median: percentiles(lengths)?.p50 ?? 0,
    missed,
    askedAgain: again,
    ended,
    endedOnMiss
  }
  return { figures, askedAgain }
}
