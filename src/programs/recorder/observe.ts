/** Records the question and the answer of a wrapped Worker, without delaying either. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { readLengthMax } from "../../schema/redaction/TextLength.ts"
import { askOwner } from "./askOwner.ts"
import { deliver, type Told } from "./deliver.ts"
import { askedIn } from "./Exchange.ts"
import { type Notices, noQuestion, optionFailed } from "./Notices.ts"
import type { Options } from "./Package.d.ts"
import { Policy } from "./Policy.ts"
import type { FoundQuestion, NoQuestion, QuestionSource } from "./QuestionSource.ts"
import type { Recording } from "./Recording.ts"
import { feedbackToken, type register } from "./Registry.ts"
import { nameIn } from "./ToldAnswer.ts"
import { withoutBody } from "./Visit.ts"
import { beginOffer, offered } from "./VoteOffer.ts"
import { watchAnswer } from "./watchAnswer.ts"

/**
 * Reads the question from a copy of the request, up to a length. It then cancels the copy, which
 * could pile up in memory while the handler reads the request itself.
 */
export const questionIn = async (
  request: Request,
  source: QuestionSource
): Promise<FoundQuestion | NoQuestion | undefined> => {
  const copy = request.clone()
  try {
    return await source(copy)
  } finally {
    copy.body?.cancel().catch(() => undefined)
  }
}

/** A request of a wrapped Worker that may ask a question. */
export interface Observed {
  readonly request: Request
  /** Begun before the handler, so that the handler never waits for it. */
  readonly found: ReturnType<typeof questionIn>
  readonly answering: Promise<Response>
  readonly options: Options
  readonly registration: ReturnType<typeof register>
  /** Starts work that never delays the answer and goes on after it. */
  readonly later: (work: Effect.Effect<void, never, Recording>) => void
}

const readFound = ({ found, options, request }: Observed) =>
  Effect.tryPromise(() => found).pipe(
    Effect.catchCause((cause) =>
      Effect.as(
        options.question === undefined
          ? Effect.logWarning("no question read", cause)
          : optionFailed(request, "question"),
        undefined
      )
    )
  )

type Outcome = Effect.Effect<Told, never, Notices>
const refused: Outcome = Effect.succeed({ _tag: "Refused" })

/** The question and whose it is; `undefined` if the request asks none. */
const readAsked = Effect.fnUntraced(function* (
  observed: Observed,
  session: Effect.Effect<unknown, never, Notices>,
  askedAt: number,
  outcome: Effect.Effect<Outcome>
) {
  const { registration, request } = observed
  const found = yield* readFound(observed)
  if (found === undefined) return undefined
  if (!("question" in found)) {
    // a handler that refuses the request misses the question as well
    if ((yield* outcome) !== refused && !registration.votes) {
      yield* noQuestion(request, request.method, found.fields)
    }
    return undefined
  }
  const question = nameIn(found.question)?.slice(0, readLengthMax)
  if (question === undefined || registration.votes) return undefined
  const sessionId = nameIn(yield* session) ?? found.session
  return yield* askedIn(request, {
    ...found,
    question,
    sessionId,
    askedAt,
    requestId: registration.requestId
  })
})

/** Sends what becomes known, unless the visitor's browser asks the Worker not to. */
const recordWhenKnown = Effect.fnUntraced(function* (
  observed: Observed,
  session: Effect.Effect<unknown, never, Notices>,
  askedAt: number,
  outcome: Effect.Effect<Outcome>
) {
  const { registration, request } = observed
  yield* beginOffer(request, registration, askedAt)
  const asked = yield* readAsked(observed, session, askedAt, outcome)
  if (asked === undefined) return
  const { discretionFor } = yield* Policy
  const discretion = discretionFor(request)
  if (discretion === undefined) {
    return yield* Effect.logInfo("not recorded", { reason: "the visitor's signal" })
  }
  yield* deliver(asked, Effect.flatten(outcome), discretion, leaving(request))
})

const leaving = ({ signal }: Request): Effect.Effect<void> =>
  Effect.callback<void>((resume) => {
    const leave = () => resume(Effect.void)
    if (signal.aborted) leave()
    else signal.addEventListener("abort", leave, { once: true })
    return Effect.sync(() => signal.removeEventListener("abort", leave))
  })

/** Refusals, redirects and WebSockets do not count as exchanges. */
const isRefusal = ({ status }: Response): boolean =>
  (status > 0 && status < 200) || (status >= 300 && status < 500)

/** The runtime refuses a response whose body somebody has read. */
const isFailure = ({ body, bodyUsed, status }: Response): boolean =>
  !(status > 0 && status < 500) || bodyUsed || body?.locked === true

const failedAt = (answeredAt: number): Told => ({
  _tag: "Answered",
  answered: { answeredAt, answer: undefined, ending: "complete" }
})

/**
 * The runtime drops the rest of a request's body once it is answered. If the handler has left the
 * body alone, the answer waits so long at most for the question, which is on its way by then.
 */
const bodyWithin = "100 millis"

const questionRead = ({ found, request }: Observed): Effect.Effect<void> =>
  request.bodyUsed || request.body === null
    ? Effect.void
    : Effect.tryPromise(() => found).pipe(
        Effect.timeout(bodyWithin),
        Effect.catchCause(() => Effect.void),
        Effect.asVoid
      )

/** Waits only for what has begun, and never for a secret that is still on its way. */
const offering = ({ registration, request }: Observed, response: Response) =>
  registration.signing === undefined
    ? Effect.succeed(response)
    : Effect.map(
        Effect.promise(() => feedbackToken(request)),
        (token) => offered(request, response, token)
      )

/** Learns how the handler answers; returns the response for the visitor. */
const watch = Effect.fnUntraced(function* (observed: Observed, told: (outcome: Outcome) => void) {
  const { answering, options, registration, request } = observed
  const handled = yield* Effect.exit(Effect.tryPromise(() => answering))
  const failed = Effect.succeed(failedAt(yield* Clock.currentTimeMillis))
  if (Exit.isSuccess(handled) && isRefusal(handled.value)) {
    told(refused)
    return handled.value
  }
  yield* questionRead(observed)
  if (Exit.isFailure(handled)) {
    told(failed)
    return undefined
  }
  const response = handled.value
  if (isFailure(response)) told(failed)
  else {
    const watched = yield* watchAnswer(request, response, options, () => registration.told)
    told(Effect.map(watched.answered, (answered) => ({ _tag: "Answered", answered })))
    return yield* offering(observed, watched.response)
  }
  return response
})

/**
 * Returns the response for the visitor, or `undefined` when the handler's own is to be passed on,
 * because it failed or gave no usable response. The handler never waits: the question is read from
 * a copy of the request while the handler works.
 */
export const observe = Effect.fnUntraced(function* (observed: Observed) {
  const { found, later, options, registration, request } = observed
  const askedAt = yield* Clock.currentTimeMillis
  const { session: sessionOf } = options
  const session =
    sessionOf === undefined
      ? Effect.succeed(undefined)
      : askOwner("session", request, () => sessionOf(withoutBody(request)))
  const outcome = Promise.withResolvers<Outcome>()
  found.then(
    (read) => {
      if (read === undefined || !("question" in read)) registration.asksNothing = true
    },
    () => {
      registration.asksNothing = true
    }
  )
  later(
    recordWhenKnown(
      observed,
      session,
      askedAt,
      Effect.promise(() => outcome.promise)
    )
  )
  return yield* watch(observed, outcome.resolve).pipe(
    Effect.catchCause((cause) =>
      Effect.gen(function* () {
        outcome.resolve(Effect.succeed(failedAt(yield* Clock.currentTimeMillis)))
        later(Effect.logError("no usable response", cause))
        return undefined
      })
    )
  )
})
