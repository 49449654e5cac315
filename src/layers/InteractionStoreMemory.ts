import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { type AnalyticsEvent, encodeMessage } from "../schema/AnalyticsEvent.ts"
import {
  correlate,
  eventsOf,
  type Interaction,
  type InteractionKey,
  interactionKey
} from "../schema/Interaction.ts"
import { summaryOf } from "../schema/InteractionSummary.ts"
import { InteractionStore } from "../services/InteractionStore.ts"
import { expiresAtOf } from "./InteractionItem.ts"

const nameOf = ({ requestId, timestamp }: InteractionKey): string => `${requestId}#${timestamp}`

const halfOf = (known: Interaction | undefined, event: AnalyticsEvent) =>
  known === undefined
    ? undefined
    : eventsOf(known).find(({ eventType }) => eventType === event.eventType)

const make = Effect.sync(() => {
  const interactions = new Map<string, Interaction>()

  const record: InteractionStore["Service"]["record"] = (interaction) =>
    Effect.sync(() => {
      const name = nameOf(interactionKey(interaction))
      const counts = { stored: 0, duplicates: 0, conflicts: 0 }
      for (const event of eventsOf(interaction)) {
        const known = interactions.get(name)
        const half = halfOf(known, event)
        if (half === undefined) counts.stored += 1
        else if (encodeMessage(half) === encodeMessage(event)) counts.duplicates += 1
        else counts.conflicts += 1
        interactions.set(name, correlate(known, event))
      }
      return counts
    })

  return InteractionStore.of({
    record,
    get: (key) => Effect.sync(() => Option.fromUndefinedOr(interactions.get(nameOf(key)))),
    summaries: ({ endMs, startMs }) =>
      Stream.unwrap(
        Effect.map(Clock.currentTimeMillis, (now) =>
          Stream.fromIterable(interactions.values()).pipe(
            Stream.map(summaryOf),
            Stream.filter(
              (summary) =>
                summary.timestamp >= startMs &&
                summary.timestamp < endMs &&
                expiresAtOf(summary) > Math.floor(now / 1000)
            )
          )
        )
      )
  })
})

/** The store in this process's memory, held to the same contract as the real one. */
export const layer = Layer.effect(InteractionStore, make)
