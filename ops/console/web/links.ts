/** The addresses of the console's pages. */
import type { WeekId } from "../../../src/schema/IsoWeek.ts"
import type { Line } from "../Line.ts"

const withWords = (path: string, words: Readonly<Record<string, string>>): string => {
  const given = Object.entries(words).filter(([, word]) => word !== "")
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

export const conversationLink = ({ requestId, sessionId }: Pick<Line, "requestId" | "sessionId">) =>
  `${withWords("/conversation", { session: sessionId })}#${encodeURIComponent(requestId)}`

/** Leads to the conversation of one question, whose session a report does not tell. */
export const questionLink = (one: { readonly requestId: string; readonly timestamp: number }) =>
  withWords("/question", { id: one.requestId, at: `${one.timestamp}` })

export const searchLink = (words: string) => withWords("/search", { q: words })

/** Leads to the questions that a week's list counts as one. */
export const groupLink = (question: string, weekId: WeekId) =>
  withWords("/group", { q: question, week: weekId })

export const weekLink = (weekId: WeekId) => withWords("/week", { week: weekId })

export const nowLink = (words: Readonly<Record<string, string>>) => withWords("/now", words)
