/** The means by which the like questions of a report were found. */
import * as Schema from "effect/Schema"
import type { Nearness } from "../questions/Nearness.ts"

/** Equal words alone, a table of word vectors in the program, or a model at Workers AI. */
export const GroupingMeans = Schema.Literals(["words", "static", "workersAi"])
export type GroupingMeans = typeof GroupingMeans.Type

/** What a report says when the means that was asked for was away. */
export const Grouping = Schema.Struct({ by: GroupingMeans, insteadOf: GroupingMeans })
export type Grouping = typeof Grouping.Type

/** The nearness of a week's wordings, absent by `words`, and the means that told it. */
export interface KnownMeaning {
  readonly by: GroupingMeans
  readonly nearness?: Nearness
  /** The means that was asked first, and was away. */
  readonly insteadOf?: GroupingMeans
}

/** Empty unless one means had to stand in for another. */
export const groupingOf = ({ by, insteadOf }: KnownMeaning): { readonly grouping?: Grouping } =>
  insteadOf === undefined ? {} : { grouping: { by, insteadOf } }
