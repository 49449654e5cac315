/** Tokens, and requests of votes. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { answerVote } from "../../../src/programs/recorder/answerVote.ts"
import { deliverVote, takeVote } from "../../../src/programs/recorder/takeVote.ts"
import { makeVoteTokens, VoteTokens } from "../../../src/programs/recorder/VoteToken.ts"
import { jsonHeaders } from "./Door.ts"

export const feedbackSecret = "a secret of forty-two characters, for tests"

export const tokensOf = (secret = feedbackSecret) => makeVoteTokens(Redacted.make(secret))

/** The door of an owner who takes votes. */
export const votesOn = Layer.succeed(VoteTokens, tokensOf())

export const voteRequest = (
  body: BodyInit | null,
  headers: Readonly<Record<string, string>> = jsonHeaders,
  method = "POST"
): Request => {
  // streams are sent in half duplex, which the DOM's types do not know
  const init = { method, headers, body, duplex: "half" }
  return new Request("https://cv.example.com/feedback", init)
}

/** The response, once the vote has been sent. */
export const voted = (request: Request) =>
  answerVote(
    request,
    Effect.flatMap(takeVote(request), (vote) => deliverVote(request, vote))
  )
