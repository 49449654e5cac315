/** A question that is being recorded; its answer is reported here, however it ends. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Answer } from "../../schema/Answer.ts"
import { judgeAnswer } from "../../schema/chat/judgeAnswer.ts"
import type { Answered, Asked } from "./Exchange.ts"
import { Policy } from "./Policy.ts"
import { type Passing, passThrough } from "./passThrough.ts"
import type { RequestContext } from "./RequestContext.ts"
import { record } from "./record.ts"
import type { Transcript } from "./Transcript.ts"

/** A stream that stays silent for this long is given up. */
const stallAfter = "60 seconds"

/** Breaks off a stream that has stalled; never ends by itself. */
const watch = Effect.fnUntraced(function* ({ breakOff }: Passing, transcript: Transcript) {
  let bytes = -1
  while (bytes !== transcript.bytes) {
    bytes = transcript.bytes
    yield* Effect.sleep(stallAfter)
  }
  breakOff()
  return yield* Effect.never
})

/** `endedAt` is known in time, even if the recording still sends the question when it is asked. */
const endOf = Effect.fnUntraced(function* (
  passing: Passing,
  transcript: Transcript,
  endedAt: Promise<number>
) {
  const ending = yield* Effect.raceFirst(
    Effect.promise(() => passing.ended),
    watch(passing, transcript)
  )
  transcript.end()
  const { failed, known, text } = transcript
  const answer = judgeAnswer(text, known)
  const answeredAt = yield* Effect.promise(() => endedAt)
  return { answer, answeredAt, ending: failed ? "broken_off" : ending } satisfies Answered
})

export interface Conversation {
  /** Tells the answer, or `undefined` when the chatbot failed. */
  readonly answered: (answer: Answer | undefined) => Effect.Effect<void>
  /** Reads the answer as it passes; the result goes to the visitor in place of the source. */
  readonly streams: (
    source: ReadableStream<Uint8Array>,
    transcript: Transcript
  ) => ReadableStream<Uint8Array>
}

/**
 * Begins to record, unless the visitor's browser asks the Worker not to, which the log counts. The
 * question may still be on its way, and may be `undefined`. Once it arrives its event is sent, even
 * if its answer never comes.
 */
export const begin = Effect.fnUntraced(function* (
  question: Effect.Effect<Asked | undefined>,
  request: Request,
  context: RequestContext
) {
  const { discretionFor } = yield* Policy
  const clock = yield* Clock.Clock
  const discretion = discretionFor(request)
  const { promise, resolve } = Promise.withResolvers<Effect.Effect<Answered>>()
  const answered = Effect.flatten(Effect.promise(() => promise))
  if (discretion === undefined) {
    yield* Effect.logInfo("not recorded", { reason: "the visitor's signal" })
  } else {
    context.later(
      Effect.flatMap(question, (asked) =>
        asked === undefined ? Effect.void : record(asked, answered, discretion)
      )
    )
  }
  return {
    answered: (answer) =>
      Effect.map(Clock.currentTimeMillis, (answeredAt) => {
        const ending = request.signal.aborted ? "visitor_left" : "complete"
        resolve(Effect.succeed({ answer, answeredAt, ending }))
      }),
    streams: (source, transcript) => {
      const passing = passThrough(source, transcript, request.signal)
      const endedAt = passing.ended.then(() => clock.currentTimeMillisUnsafe())
      resolve(endOf(passing, transcript, endedAt))
      return passing.body
    }
  } satisfies Conversation
})
