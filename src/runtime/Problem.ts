/** The form of every refusal, by RFC 9457, and those that the door and our chatbot share. */

/** A status, and a sentence that repeats no part of the request. */
export type ProblemForm = readonly [status: number, detail: string]

export const bodyProblems = {
  unsupported_media_type: [415, "The body must be sent as application/json."],
  body_too_large: [413, "The body is longer than 16 KiB."],
  request_timeout: [408, "The body took too long to arrive."],
  malformed_json: [400, "The body is not JSON."]
} as const satisfies Record<string, ProblemForm>

export const voteProblems = {
  votes_off: [404, "Votes are not taken here."],
  invalid_vote: [
    422,
    "The body must be an object with a string `token` and a `rating` that is up, down or " +
      "withdrawn; a `reason` must be a known one, and a `comment` a string."
  ],
  vote_refused: [403, "The token allows no vote: it is not ours, or its day is over."],
  vote_unavailable: [503, "Votes cannot be taken at the moment; please try again."]
} as const satisfies Record<string, ProblemForm>

export const deploymentProblems = {
  method_not_allowed: [405, "This path accepts other methods; see the allow header."],
  misconfigured: [500, "This deployment is not configured; its log says what is missing."]
} as const satisfies Record<string, ProblemForm>

/** Writes the problem as JSON under its stable code. */
export const problemResponse = (
  code: string,
  [status, detail]: ProblemForm,
  headers: Readonly<Record<string, string>> = {}
): Response => {
  const type = `urn:cv-analytics:problem:${code}`
  return new Response(JSON.stringify({ type, code, status, detail }), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...headers
    }
  })
}
