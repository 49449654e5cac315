import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Answer } from "../schema/Answer.ts"

/** The same question may be answered later: the model or the network behind the answerer failed. */
export class AnswererUnavailable extends Schema.TaggedError<AnswererUnavailable>()(
  "AnswererUnavailable",
  { cause: Schema.optionalKey(Schema.Defect()) }
) {}

/**
 * The chatbot itself, as the visitor meets it. A question that cannot be answered succeeds with
 * `matchType` "none": not knowing is an answer that the weekly report counts, not a failure.
 */
export class Answerer extends Context.Service<
  Answerer,
  {
    readonly answer: (question: string) => Effect.Effect<Answer, AnswererUnavailable>
  }
>()("services/Answerer") {}
