import * as Stream from "effect/Stream"
import type { Period } from "../../schema/IsoWeek.ts"
import { nothingHeld, paired, pairVotes } from "../../schema/report/PairedVotes.ts"
import type { InteractionStore } from "../../services/InteractionStore.ts"

/** A period as it is tallied: each question has its vote, wherever the store tells the two. */
export const weekEntries = (
  { summaries }: Pick<InteractionStore["Service"], "summaries">,
  period: Period
) => summaries(period).pipe(Stream.mapAccumArray(() => nothingHeld, pairVotes, { onHalt: paired }))
