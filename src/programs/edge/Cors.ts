/** Which pages may ask, by the rules of cross-origin resource sharing. */

/** A page that may not read the answer may not ask either, because each answer costs money. */
export const mayAsk = (request: Request, allowed: ReadonlyArray<string>): boolean => {
  const origin = request.headers.get("origin")
  if (origin === null || allowed.includes("*") || allowed.includes(origin)) return true
  return origin === new URL(request.url).origin
}

/** Allow the page to read the answer, when the request names an origin that may ask. */
export const corsHeaders = (
  request: Request,
  allowed: ReadonlyArray<string>
): Readonly<Record<string, string>> => {
  const origin = request.headers.get("origin")
  if (origin === null || !mayAsk(request, allowed)) return { vary: "origin" }
  return {
    vary: "origin",
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "x-request-id, retry-after"
  }
}

/** Answers a preflight, and tells a page that may not ask no method or header. */
export const preflight = (request: Request, allowed: ReadonlyArray<string>): Response => {
  const headers = new Headers(corsHeaders(request, allowed))
  if (headers.has("access-control-allow-origin")) {
    headers.set("access-control-allow-methods", "POST")
    headers.set(
      "access-control-allow-headers",
      "content-type, x-request-id, x-session-id, x-own-visit"
    )
    headers.set("access-control-max-age", "86400")
  }
  return new Response(null, { status: 204, headers })
}
