import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import {
  json,
  type LocalAnswer,
  type LocalRequest,
  serve as serveLoopback
} from "../LoopbackServer.ts"

/** One thing that a sandbox did; signals arrive in the order of events. */
export type Signal =
  | { readonly _tag: "AskedForNext" }
  | { readonly _tag: "Answered"; readonly body: string }
  | { readonly _tag: "AnsweredTooMuch"; readonly sizeBytes: number }
  | { readonly _tag: "Failed"; readonly error: unknown }
  | { readonly _tag: "InitFailed"; readonly error: unknown }
  | { readonly _tag: "Exited"; readonly exitCode: number | null; readonly signal: string | null }

export interface Invocation {
  readonly requestId: string
  readonly functionArn: string
  readonly deadlineMs: number
  readonly traceId: string
  readonly payload: string
}

export interface RuntimeApi {
  /** The value of AWS_LAMBDA_RUNTIME_API. */
  readonly address: string
  /** Answers the open `next`; call it after `AskedForNext` only. */
  readonly deliver: (invocation: Invocation) => Effect.Effect<void>
}

/** The number in Lambda's error message: 6 MiB and a little. */
export const responseSizeBytesMax = 6_291_556

const parsed = (body: Buffer): unknown => {
  const text = body.toString()
  try {
    return JSON.parse(text)
  } catch {
    return { errorType: "Runtime.Unknown", errorMessage: text }
  }
}

const accepted = json({ status: "OK" }, 202)
const refused = (status: number, errorType: string) => json({ errorType }, status)

interface Conversation {
  waiting: Deferred.Deferred<LocalAnswer>
  requestId: string | undefined
}

const post = ({ body, url }: LocalRequest, current: Conversation): [LocalAnswer, Signal?] => {
  if (url === "/2018-06-01/runtime/init/error") {
    return [accepted, { _tag: "InitFailed", error: parsed(body) }]
  }
  const [, requestId, kind] =
    /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(url) ?? []
  if (kind === undefined) return [refused(404, "InvalidRequest")]
  if (requestId !== current.requestId) return [refused(400, "InvalidRequestID")]
  current.requestId = undefined
  if (body.length > responseSizeBytesMax) {
    const signal: Signal = { _tag: "AnsweredTooMuch", sizeBytes: body.length }
    return [refused(413, "RequestEntityTooLarge"), signal]
  }
  return kind === "response"
    ? [accepted, { _tag: "Answered", body: body.toString() }]
    : [accepted, { _tag: "Failed", error: parsed(body) }]
}

const headersOf = (invocation: Invocation): Record<string, string> => ({
  "content-type": "application/json",
  "lambda-runtime-aws-request-id": invocation.requestId,
  "lambda-runtime-deadline-ms": String(invocation.deadlineMs),
  "lambda-runtime-invoked-function-arn": invocation.functionArn,
  "lambda-runtime-trace-id": invocation.traceId
})

/**
 * Serves Lambda's Runtime API to exactly one sandbox, on a loopback port that it shares with none:
 * the port tells the sandboxes apart, as on Lambda.
 */
export const serve = Effect.fn("RuntimeApi.serve")(function* (signals: Queue.Enqueue<Signal>) {
  const current: Conversation = { waiting: Deferred.makeUnsafe(), requestId: undefined }
  const { endpoint } = yield* serveLoopback({
    port: 0,
    bodyBytesMax: Number.POSITIVE_INFINITY,
    handle: (request) =>
      Effect.suspend(() => {
        if (request.url === "/2018-06-01/runtime/invocation/next") {
          current.waiting = Deferred.makeUnsafe()
          Queue.offerUnsafe(signals, { _tag: "AskedForNext" })
          return Deferred.await(current.waiting)
        }
        const [answer, signal] = post(request, current)
        if (signal !== undefined) Queue.offerUnsafe(signals, signal)
        return Effect.succeed(answer)
      })
  }).pipe(Effect.orDie)

  const deliver = (invocation: Invocation): Effect.Effect<void> =>
    Effect.suspend(() => {
      current.requestId = invocation.requestId
      const answer = { status: 200, headers: headersOf(invocation), body: invocation.payload }
      return Deferred.succeed(current.waiting, answer)
    })
  return { address: new URL(endpoint).host, deliver } satisfies RuntimeApi
})
