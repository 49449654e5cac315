/** What became of an interaction, whose it was and its vote, in a few words for a terminal. */
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import type { Vote } from "../../src/schema/Vote.ts"

export const answerText = ({ response }: InteractionSummary): string => {
  if (response === undefined) return "no answer yet"
  const { matchScore, matchType, outcome, processingTimeMs } = response
  const score = matchScore === undefined ? "" : ` ${matchScore.toFixed(2)}`
  return outcome === "failed"
    ? `failed in ${Math.round(processingTimeMs)} ms`
    : `${matchType}${score} in ${Math.round(processingTimeMs)} ms`
}

export const visitorText = ({ query }: InteractionSummary): string => {
  if (query === undefined) return "no question yet"
  const { agent = "unknown", browser, country, device, own } = query
  return [own === 1 ? "own visit" : agent, country, device, browser]
    .filter((part) => part !== undefined)
    .join(" ")
}

export const voteText = ({ comment, rating, reason }: Vote, withText: boolean): string => {
  const because = reason === undefined ? "" : ` (${reason})`
  const said = withText && comment ? `  ${JSON.stringify(comment)}` : ""
  return `vote ${rating}${because}${said}`
}
