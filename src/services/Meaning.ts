import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { GroupingMeans, KnownMeaning } from "../schema/report/Grouping.ts"

/** The source of vectors did not answer in time, or not with what was asked; later it may. */
export class MeaningUnavailable extends Data.TaggedError("MeaningUnavailable")<{
  readonly source: GroupingMeans
  readonly reason: string
}> {
  override get message() {
    return `no vectors of questions: ${this.reason}`
  }
}

/** Tells how near the meanings of wordings are. It stores nothing and is asked once a report. */
export class Meaning extends Context.Service<
  Meaning,
  {
    /** Redacted texts, each once, the most asked first. */
    readonly nearness: (
      wordings: ReadonlyArray<string>
    ) => Effect.Effect<KnownMeaning, MeaningUnavailable>
  }
>()("services/Meaning") {}
