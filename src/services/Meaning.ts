import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { Nearness } from "../schema/questions/Nearness.ts"

/** The source of vectors did not answer in time, or not with what was asked; later it may. */
export class MeaningUnavailable extends Data.TaggedError("MeaningUnavailable")<{
  readonly reason: string
  readonly cause?: unknown
}> {
  override get message() {
    return `no vectors of questions: ${this.reason}`
  }
}

/** Tells how near the meanings of wordings are. It stores nothing and is asked once a report. */
export class Meaning extends Context.Service<
  Meaning,
  {
    /** Redacted texts, each once. */
    readonly nearness: (
      wordings: ReadonlyArray<string>
    ) => Effect.Effect<Nearness, MeaningUnavailable>
  }
>()("services/Meaning") {}
