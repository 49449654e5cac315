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
  interactionKey,
  keyName
} from "../schema/Interaction.ts"
import { summaryOf } from "../schema/InteractionSummary.ts"
import type { Period } from "../schema/IsoWeek.ts"
import type { VisitorTraits } from "../schema/VisitorTraits.ts"
import { InteractionStore } from "../services/InteractionStore.ts"
import { expiresAtOf } from "./dynamodb/InteractionItem.ts"

const halfOf = (known: Interaction | undefined, { eventType }: AnalyticsEvent) =>
  known === undefined ? undefined : eventsOf(known).find((half) => half.eventType === eventType)

/** An interaction, with the traits that came with its query. */
interface Entry {
  readonly interaction: Interaction
  readonly traits?: VisitorTraits
}

const outcomeOf = (half: AnalyticsEvent | undefined, event: AnalyticsEvent) =>
  half === undefined
    ? "stored"
    : encodeMessage(half) === encodeMessage(event)
      ? "duplicates"
      : "conflicts"

const make = Effect.sync(() => {
  const entries = new Map<string, Entry>()

  const record: InteractionStore["Service"]["record"] = (interaction, traits) =>
    Effect.sync(() => {
      const name = keyName(interactionKey(interaction))
      const counts = { stored: 0, duplicates: 0, conflicts: 0, cut: 0, writeUnits: 0 }
      for (const event of eventsOf(interaction)) {
        const entry = entries.get(name)
        const outcome = outcomeOf(halfOf(entry?.interaction, event), event)
        counts[outcome] += 1
        if (outcome !== "stored") continue
        const fresh = event.eventType === "query" && traits !== undefined ? { traits } : {}
        entries.set(name, { ...entry, ...fresh, interaction: correlate(entry?.interaction, event) })
      }
      return counts
    })

  const isLive = ({ interaction }: Entry, { endMs, startMs }: Period, nowMs: number): boolean => {
    const key = interactionKey(interaction)
    const isInside = key.timestamp >= startMs && key.timestamp < endMs
    return isInside && expiresAtOf(key) > Math.floor(nowMs / 1000)
  }

  return InteractionStore.of({
    record,
    get: (key) => Effect.sync(() => Option.fromUndefinedOr(entries.get(keyName(key))?.interaction)),
    summaries: (period) =>
      Stream.unwrap(
        Effect.map(Clock.currentTimeMillis, (now) =>
          Stream.fromIterable(entries.values()).pipe(
            Stream.filter((entry) => isLive(entry, period, now)),
            Stream.map(({ interaction, traits }) => summaryOf(interaction, traits))
          )
        )
      )
  })
})

/** The store in this process's memory, held to the same contract as the real one. */
export const layer = Layer.effect(InteractionStore, make)
