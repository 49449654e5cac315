import type * as Effect from "effect/Effect"
import type { RequestId } from "../../schema/AnalyticsEvent.ts"
import type { ToldAnswer } from "../recorder/main.ts"

/** The chatbot's knowledge of a request beyond its HTTP form. */
export interface RequestContext {
  /** The id under which the request is recorded. */
  readonly requestId: RequestId
  /** The client's own name for the request, which it gets back. */
  readonly clientRequestId: string | undefined
  /** The visitor's network, which the limit of questions counts by. */
  readonly address: string
  /** True if the settings of the analytics are right. */
  readonly canRecord: Effect.Effect<boolean>
  /** The token by which the visitor may vote on the answer. */
  readonly feedback: Effect.Effect<string | undefined>
  /** Takes the vote of this request, or answers with a problem. */
  readonly vote: Effect.Effect<Response>
  /** Tells the recorder the facts of the answer that its response does not hold. */
  readonly tell: (answer: ToldAnswer) => void
}
