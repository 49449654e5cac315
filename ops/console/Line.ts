/** One interaction as a line of the console: what its week index tells. */
import type { RequestId, SessionId } from "../../src/schema/AnalyticsEvent.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import { verdictOf } from "../../src/schema/report/RatedBadly.ts"
import type { Verdict } from "../../src/schema/report/Votes.ts"
import type { Vote } from "../../src/schema/Vote.ts"

export interface Line {
  readonly requestId: RequestId
  /** Epoch milliseconds of the question. */
  readonly timestamp: number
  readonly sessionId: SessionId
  readonly verdict: Verdict
  readonly isBot: boolean
  readonly isOwn: boolean
  readonly language?: string
  readonly model?: string
  readonly country?: string
  readonly device?: string
  readonly matchScore?: number
  readonly processingTimeMs?: number
  readonly vote?: Pick<Vote, "rating" | "reason">
  /** Its first characters; absent unless texts are shown, and for a text that was withheld. */
  readonly question?: string
}

/** Leaves out what is undefined, as the optional keys of a line want. */
const told = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof Fields]?: NonNullable<Fields[Name]>
  }

export const lineOf = (summary: InteractionSummary, showsTexts: boolean): Line => {
  const { query, requestId, response, sessionId, timestamp, vote } = summary
  return {
    requestId,
    timestamp,
    sessionId,
    verdict: verdictOf(summary),
    isBot: query?.agent === "bot",
    isOwn: query?.own === 1,
    ...told({
      language: query?.askedIn,
      model: response?.model,
      country: query?.country,
      device: query?.device,
      matchScore: response?.matchScore,
      processingTimeMs: response?.processingTimeMs,
      vote: vote && { rating: vote.rating, ...told({ reason: vote.reason }) },
      question: showsTexts && query?.question !== "" ? query?.question : undefined
    })
  }
}
