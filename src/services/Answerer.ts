import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { Answer } from "../schema/Answer.ts"

/** The same question may be answered later: the model or the network behind the answerer failed. */
export class AnswererUnavailable extends Data.TaggedError("AnswererUnavailable")<{
  readonly detail: string
}> {
  override get message() {
    return `no answer: ${this.detail}`
  }
}

/** The answerer did not begin to answer in its time. */
export class AnswererTimedOut extends Data.TaggedError("AnswererTimedOut")<{
  readonly afterMs: number
}> {
  override get message() {
    return `no answer within ${this.afterMs} ms`
  }
}

/**
 * An answer at once, or the server-sent events that bring it: `known` is what can be said of it
 * before its first word, and the events say the rest.
 */
export type Reply =
  | { readonly _tag: "Whole"; readonly answer: Answer }
  | {
      readonly _tag: "Streaming"
      readonly events: ReadableStream<Uint8Array>
      readonly known: Partial<Omit<Answer, "text">>
    }

type Failure = AnswererUnavailable | AnswererTimedOut

/**
 * The chatbot itself, as the visitor meets it. A question that cannot be answered succeeds with
 * `matchType` "none": not knowing is an answer that the weekly report counts, not a failure. The
 * signal aborts when the visitor leaves, so that nobody pays for an answer that nobody reads.
 */
export class Answerer extends Context.Service<
  Answerer,
  {
    readonly answer: (question: string, signal?: AbortSignal) => Effect.Effect<Answer, Failure>
    /** Piece by piece where the chatbot can; one that cannot answers whole. */
    readonly stream: (question: string, signal?: AbortSignal) => Effect.Effect<Reply, Failure>
  }
>()("services/Answerer") {}
