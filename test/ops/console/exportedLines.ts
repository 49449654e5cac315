/** The lines that `ops export --with-text` would write of a store. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { lineOf } from "../../../ops/export/ExportLine.ts"
import type { Period } from "../../../src/schema/IsoWeek.ts"
import { nothingHeld, paired, pairVotes } from "../../../src/schema/report/PairedVotes.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"

export const exportedLines = Effect.fnUntraced(function* (period: Period, withText: boolean) {
  const store = yield* InteractionStore
  const entries = yield* store.summaries(period).pipe(
    Stream.mapAccumArray(() => nothingHeld, pairVotes, { onHalt: paired }),
    Stream.runCollect
  )
  const lines: Array<string> = []
  for (const summary of entries) {
    if (summary.status === "unreadable") continue
    const interaction = withText ? Option.getOrUndefined(yield* store.get(summary)) : undefined
    const vote = withText ? Option.getOrUndefined(yield* store.voteOn(summary)) : undefined
    lines.push(lineOf({ summary, interaction, vote }, "jsonl", withText))
  }
  return lines
})
