/**
 * The turns of each conversation of a week, in any order of arrival: a commutative monoid. A turn
 * takes two numbers and no text, so that a million of them fit; see docs/decisions/0031.
 */
import type { SessionId } from "../AnalyticsEvent.ts"
import type { InteractionSummary } from "../InteractionSummary.ts"
import { plus } from "./Counts.ts"
import { answerOf } from "./QuestionTally.ts"
import { textHash } from "./textHash.ts"

/** More turns of one conversation are hardly a person's; the latest stay, and all are counted. */
const turnsMax = 100

/** What became of a turn. A young `waiting` may get its answer; an `unread` one told nothing. */
const fates = ["good", "missed", "unread", "waiting", "votedDown"] as const
export type Fate = (typeof fates)[number]

/** Leaves room for more fates; a stamp stays a safe integer for every time of an event. */
const fatesMax = 8

export interface Turn {
  /** Epoch milliseconds. */
  readonly askedAt: number
  readonly fate: Fate
  /** The question by its {@link questionMark}; 0 without a text. */
  readonly question: number
}

export interface Conversation {
  /** The one copy of its session's id, which many questions name. */
  readonly session: SessionId
  asked: number
  /** Stamp and question of each turn, the earliest first; a stamp is its time and fate. */
  turns: ReadonlyArray<number>
}

/** By session; a request that names no session is in none. */
export type Conversations = Map<SessionId, Conversation>

export const noConversations = (): Conversations => new Map()

/** Tells texts apart by 52 bits: among a million, two meet with a chance of 1 in 9,000. */
export const questionMark = (key: string): number =>
  textHash(key) * 0x100000 + (textHash(`#${key}`) >>> 12)

/** A miss stays one, whatever its vote. */
const fateOf = ({ response, vote }: InteractionSummary): Fate => {
  if (response === undefined) return "waiting"
  const answer = answerOf(response)
  if (answer === "none" || answer === "failed") return "missed"
  if (vote?.rating === "down") return "votedDown"
  return answer === "unknown" ? "unread" : "good"
}

const stampOf = (summary: InteractionSummary): number =>
  summary.timestamp * fatesMax + fates.indexOf(fateOf(summary))

/** Equal stamps go by their questions, so that no order of arrival shows. */
const insert = (turns: ReadonlyArray<number>, stamp: number, question: number) => {
  let at = turns.length
  const isAfter = (other: number): boolean =>
    (turns[other] ?? 0) > stamp || (turns[other] === stamp && (turns[other + 1] ?? 0) > question)
  while (at > 0 && isAfter(at - 2)) at -= 2
  // concatenating leaves no spare room, which would be most of a short conversation
  const all = turns.slice(0, at).concat(stamp, question, turns.slice(at))
  return all.length > 2 * turnsMax ? all.slice(-2 * turnsMax) : all
}

const conversationOf = (conversations: Conversations, session: SessionId): Conversation => {
  const known = conversations.get(session)
  if (known !== undefined) return known
  const fresh: Conversation = { session, asked: 0, turns: [] }
  conversations.set(session, fresh)
  return fresh
}

/**
 * Adds one exchange of a visitor, in place; its key is the `questionKey`, empty without a text.
 * Returns the session's id in the one copy that is kept.
 */
export const addTurn = (
  conversations: Conversations,
  summary: InteractionSummary,
  key: string
): SessionId => {
  const { requestId, sessionId } = summary
  if (String(sessionId) === requestId) return sessionId
  const conversation = conversationOf(conversations, sessionId)
  conversation.asked = plus(conversation.asked, 1)
  conversation.turns = insert(
    conversation.turns,
    stampOf(summary),
    key === "" ? 0 : questionMark(key)
  )
  return conversation.session
}

/** Adds the source to the target in place. */
export const addConversations = (target: Conversations, source: Conversations): void => {
  for (const [session, { asked, turns }] of source) {
    const conversation = conversationOf(target, session)
    conversation.asked = plus(conversation.asked, asked)
    for (let at = 0; at < turns.length; at += 2) {
      conversation.turns = insert(conversation.turns, turns[at] ?? 0, turns[at + 1] ?? 0)
    }
  }
}

/** The turns that were kept, the earliest first. */
export const turnsOf = ({ turns }: Conversation): ReadonlyArray<Turn> =>
  Array.from({ length: turns.length / 2 }, (_, at) => {
    const stamp = turns[2 * at] ?? 0
    return {
      askedAt: Math.floor(stamp / fatesMax),
      fate: fates[stamp % fatesMax] ?? "unread",
      question: turns[2 * at + 1] ?? 0
    }
  })
