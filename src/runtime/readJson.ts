/** Reads the body of a request that must be JSON, within a size and a time. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { bodyProblems } from "./Problem.ts"
import { readAtMost } from "./readAtMost.ts"

export const jsonBytesMax = 16 * 1024

/** A page sends a body of some kilobytes faster than this. */
const bodyWithin = "10 seconds"

/** The first fault of a body. */
export class BodyUnreadable extends Data.TaggedError("BodyUnreadable")<{
  readonly code: keyof typeof bodyProblems
}> {}

const unreadable = (code: BodyUnreadable["code"]) => new BodyUnreadable({ code })

const isJson = (request: Request): boolean =>
  /^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")

const parse = (text: string): Result.Result<unknown, BodyUnreadable> =>
  Result.try({ try: () => JSON.parse(text), catch: () => unreadable("malformed_json") })

export const readJson = Effect.fnUntraced(function* (request: Request) {
  if (!isJson(request)) return yield* unreadable("unsupported_media_type")
  const text = yield* Effect.tryPromise({
    try: () => readAtMost(request.body, jsonBytesMax, { fatal: true }),
    catch: () => unreadable("malformed_json")
  }).pipe(
    Effect.timeoutOrElse({ duration: bodyWithin, orElse: () => unreadable("request_timeout") })
  )
  if (text === undefined) return yield* unreadable("body_too_large")
  return yield* Effect.fromResult(parse(text))
})
