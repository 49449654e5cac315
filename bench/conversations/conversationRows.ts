/** Counts labelled pairs as the report counts conversations, amid all questions of their half. */
import { RequestId, SessionId } from "../../src/schema/AnalyticsEvent.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import { isGreeting } from "../../src/schema/questions/Greeting.ts"
import type { Nearness } from "../../src/schema/questions/Nearness.ts"
import { groupQuestions } from "../../src/schema/questions/QuestionGroups.ts"
import { conversationFigures, type Wording } from "../../src/schema/report/ConversationFigures.ts"
import { addTurn, noConversations, questionMark } from "../../src/schema/report/Conversations.ts"
import { questionKey } from "../../src/schema/report/QuestionTally.ts"
import type { Measure } from "../Measure.ts"
import type { LabelledPair, Verdict } from "./LabelledPairs.ts"

/** The week of every pair; a day later all of them have ended. */
const startMs = Date.UTC(2026, 10, 16)
const endMs = startMs + 86_400_000

const responseOf = (verdict: Verdict): Pick<InteractionSummary, "response"> =>
  verdict === "noAnswer"
    ? {}
    : {
        response: {
          matchType: verdict === "failed" ? "none" : verdict,
          outcome: verdict === "failed" ? "failed" : "answered",
          processingTimeMs: 500
        }
      }

const turn = (question: string, verdict: Verdict, timestamp: number): InteractionSummary => ({
  requestId: RequestId.make("00000000-0000-4000-8000-000000000000"),
  sessionId: SessionId.make("pair"),
  timestamp,
  status: verdict === "noAnswer" ? "awaiting_response" : "correlated",
  query: { question },
  ...responseOf(verdict)
})

/** The group of each question, as the lists of one week would have it. */
const groupsOf = (
  questions: ReadonlyArray<string>,
  nearness: Nearness
): ReadonlyMap<string, number> => {
  const groups = groupQuestions(
    questions.map((question) => ({ question, count: 1 })),
    { nearness }
  )
  return new Map(
    groups.flatMap(({ members }, group) => members.map((at) => [questions[at] ?? "", group]))
  )
}

const wordingsOf = (questions: ReadonlyArray<string>): ReadonlyMap<number, Wording> =>
  new Map(
    questions.map((question) => [
      questionMark(questionKey(question)),
      { question, isGreeting: isGreeting(question) }
    ])
  )

export interface JudgedPair extends LabelledPair {
  /** The report counts it as asked again. */
  readonly counted: boolean
  /** Both questions have one group, which is all that grouping alone would tell. */
  readonly grouped: boolean
}

export const judgedPairs = (
  pairs: ReadonlyArray<LabelledPair>,
  nearness: Nearness
): ReadonlyArray<JudgedPair> => {
  const questions = [...new Set(pairs.flatMap(({ next, previous }) => [previous, next]))]
  const [wordings, groups] = [wordingsOf(questions), groupsOf(questions, nearness)]
  return pairs.map((pair) => {
    const conversations = noConversations()
    for (const [question, verdict, at] of [
      [pair.previous, pair.verdict, startMs],
      [pair.next, "full", startMs + 1000 * pair.seconds]
    ] as const) {
      addTurn(conversations, turn(question, verdict, at), questionKey(question))
    }
    const heard = conversationFigures(conversations, { wordings, now: endMs, untilMs: endMs })
    return {
      ...pair,
      counted: heard?.figures.askedAgain === 1,
      grouped: groups.get(pair.previous) === groups.get(pair.next)
    }
  })
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)

/** The least share of pairs called "asked again" that are so, before the mail may say it. */
const precisionMin = 0.8

const rowsOf = (part: string, pairs: ReadonlyArray<JudgedPair>, hasTarget: boolean) => {
  const labelled = pairs.filter(({ again }) => again === "yes")
  const both = (name: "counted" | "grouped") => labelled.filter((pair) => pair[name]).length
  const found = (name: "counted" | "grouped") => pairs.filter((pair) => pair[name]).length
  const precision = share(both("counted"), found("counted"))
  const rows: ReadonlyArray<Measure> = [
    { measure: `pairs${part}`, ours: pairs.length },
    { measure: "  labelled as asked again", ours: labelled.length },
    {
      measure: "  precision of “asked again”",
      ours: precision,
      reference: share(both("grouped"), found("grouped")),
      ...(hasTarget ? { target: `≥ ${precisionMin}`, ok: precision >= precisionMin } : {})
    },
    {
      measure: "  recall",
      ours: share(both("counted"), labelled.length),
      reference: share(both("grouped"), labelled.length)
    }
  ]
  return rows
}

/** Precision and recall of all pairs, of the English ones and of all others. */
export const conversationRows = (
  pairs: ReadonlyArray<JudgedPair>,
  hasTarget: boolean
): ReadonlyArray<Measure> => {
  const [english, others] = [true, false].map((is) =>
    pairs.filter(({ language }) => (language === "en") === is)
  )
  return [
    ...rowsOf("", pairs, hasTarget),
    ...rowsOf(", English", english ?? [], false),
    ...rowsOf(", other languages", others ?? [], false)
  ]
}
