import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { Answer, KnownAnswer } from "../schema/Answer.ts"

/** The model or the network failed; the same question may be answered later. */
export class AnswererUnavailable extends Data.TaggedError("AnswererUnavailable")<{
  readonly detail: string
}> {
  override get message() {
    return `no answer: ${this.detail}`
  }
}

/** The answer did not begin in time. */
export class AnswererTimedOut extends Data.TaggedError("AnswererTimedOut")<{
  readonly afterMs: number
}> {
  override get message() {
    return `no answer within ${this.afterMs} ms`
  }
}

/**
 * An answer at once, or the server-sent events that bring it. `known` holds the facts that are
 * certain before its first word.
 */
export type Reply =
  | { readonly _tag: "Whole"; readonly answer: Answer }
  | {
      readonly _tag: "Streaming"
      readonly events: ReadableStream<Uint8Array>
      readonly known: KnownAnswer
    }

type Failure = AnswererUnavailable | AnswererTimedOut

/**
 * The chatbot itself. A question that it cannot answer succeeds with `matchType` "none", because
 * not knowing is an answer that the weekly report counts. The signal aborts when the visitor
 * leaves, so that an answer without a reader costs no more.
 */
export class Answerer extends Context.Service<
  Answerer,
  {
    readonly answer: (question: string, signal?: AbortSignal) => Effect.Effect<Answer, Failure>
    /** A chatbot that cannot stream answers whole. */
    readonly stream: (question: string, signal?: AbortSignal) => Effect.Effect<Reply, Failure>
  }
>()("services/Answerer") {}
