/** Offers the visitor of an answer to vote on it, by a header that only such a visitor sees. */
import * as Effect from "effect/Effect"
import { Policy } from "./Policy.ts"
import type { register } from "./Registry.ts"
import { VoteTokens } from "./VoteToken.ts"

export const voteHeader = "x-cv-feedback"

/**
 * Begins to sign a token, unless the owner takes no votes or the visitor must not be recorded.
 * Signing waits for no network, so an answer may wait for it once it has begun.
 */
export const beginOffer = Effect.fnUntraced(function* (
  request: Request,
  registration: ReturnType<typeof register>,
  askedAt: number
) {
  const [tokens, { discretionFor }] = [yield* VoteTokens, yield* Policy]
  if (tokens === undefined || discretionFor(request) === undefined) return
  const { requestId } = registration
  registration.signing = tokens.sign({ requestId, timestamp: askedAt }).catch(() => undefined)
})

/** The names of the directives; those that spare a field or two have a value. */
const directivesIn = (header: string | null): ReadonlyArray<string> =>
  (header ?? "")
    .toLowerCase()
    .split(",")
    .map((one) => one.trim())

const isWithheld = (directives: ReadonlyArray<string>): boolean =>
  directives.includes("no-store") || directives.includes("private")

/** They count before `cache-control` where a cache knows them. */
const ofSharedCaches = ["cdn-cache-control", "cloudflare-cdn-cache-control", "surrogate-control"]

/** A cache keeps the answer to a POST only with one of these. */
const lifetimes = /^(?:public|immutable|max-age|s-maxage|stale-|must-understand)/

/**
 * True unless it is certain that no cache gives the answer to another visitor. A GET may be kept
 * unless its answer forbids it, and other methods only if their answers allow it.
 */
export const mayBeKept = ({ method }: Request, { headers }: Response): boolean => {
  const isShared = ofSharedCaches.some((name) => {
    const value = headers.get(name)
    return value !== null && !isWithheld(directivesIn(value))
  })
  if (isShared) return true
  const directives = directivesIn(headers.get("cache-control"))
  if (isWithheld(directives)) return false
  if (method === "GET" || method === "HEAD") return true
  return headers.has("expires") || directives.some((one) => lifetimes.test(one))
}

/** Lets the pages read the header that may read the answer; the owner's list stays. */
const expose = (headers: Headers): void => {
  if (!headers.has("access-control-allow-origin")) return
  const name = "access-control-expose-headers"
  const isListed = directivesIn(headers.get(name)).includes(voteHeader)
  if (!isListed) headers.append(name, voteHeader)
}

/** The same response with the token, if there is one and no cache may keep it. */
export const offered = (
  request: Request,
  response: Response,
  token: string | undefined
): Response => {
  if (token === undefined || mayBeKept(request, response)) return response
  // the headers of a fetched response cannot be changed
  const offering = new Response(response.body, response)
  offering.headers.set(voteHeader, token)
  expose(offering.headers)
  return offering
}
