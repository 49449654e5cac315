import * as Data from "effect/Data"

/**
 * Stable codes of everything that `/query` can refuse, with the status and the sentence for each.
 */
const problems = {
  not_found: [404, "There is nothing at this path; questions go to POST /query."],
  method_not_allowed: [405, "Questions are asked with POST."],
  unsupported_media_type: [415, "The body must be sent as application/json."],
  body_too_large: [413, "The body is longer than 16 KiB."],
  malformed_json: [400, "The body is not JSON."],
  invalid_body: [422, "The body must be an object with a string `query`."],
  question_empty: [422, "The question is empty."],
  question_too_long: [422, "The question is longer than 2000 characters."],
  answer_unavailable: [502, "The chatbot cannot answer at the moment; please try again."],
  internal_error: [500, "Something went wrong on our side."],
  misconfigured: [500, "This deployment is not configured; its log says what is missing."]
} as const satisfies Record<string, readonly [number, string]>

export type ProblemCode = keyof typeof problems

/** Why a request gets no answer. */
export class Problem extends Data.TaggedError("Problem")<{ readonly code: ProblemCode }> {}

/**
 * The problem as RFC 9457 JSON: the code, the status and a sentence, and nothing of the request.
 */
export const toResponse = (code: ProblemCode): Response => {
  const [status, detail] = problems[code]
  const headers = {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...(code === "method_not_allowed" ? { allow: "POST" } : {})
  }
  const body = { type: `urn:cv-analytics:problem:${code}`, code, status, detail }
  return new Response(JSON.stringify(body), { status, headers })
}
