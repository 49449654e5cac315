/** Answers the request of a vote, whichever page of the owner sends it. */
import * as Effect from "effect/Effect"
import { refusalOf, VoteRefused } from "./VoteRefused.ts"

const accepted = (): Response =>
  new Response(null, { status: 202, headers: { "cache-control": "no-store" } })

const preflight = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "content-type",
      "access-control-max-age": "86400"
    }
  })

/** Any page may send a vote: only the token admits it, and the answer is empty. */
const readable = ({ headers }: Request, response: Response): Response => {
  if (headers.has("origin")) response.headers.set("access-control-allow-origin", "*")
  return response
}

const methodOf = <R>(
  { method }: Request,
  taking: Effect.Effect<void, VoteRefused, R>
): Effect.Effect<Response, VoteRefused, R> => {
  if (method === "OPTIONS") return Effect.sync(preflight)
  return method === "POST"
    ? Effect.map(taking, accepted)
    : Effect.fail(new VoteRefused({ code: "method_not_allowed" }))
}

/** Each fault becomes a problem, and a defect is an unavailability. */
export const answerVote = <R>(
  request: Request,
  taking: Effect.Effect<void, VoteRefused, R>
): Effect.Effect<Response, never, R> =>
  methodOf(request, taking).pipe(
    Effect.catchTag("VoteRefused", (refused) =>
      Effect.as(Effect.logInfo("vote refused", { code: refused.code }), refusalOf(refused))
    ),
    Effect.catchCause((cause) =>
      Effect.as(
        Effect.logError("unhandled", cause),
        refusalOf(new VoteRefused({ code: "vote_unavailable" }))
      )
    ),
    Effect.map((response) => readable(request, response))
  )
