import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { FeedbackEvent, InteractionEvent } from "../schema/AnalyticsEvent.ts"
import { encodeMessage } from "../schema/EventText.ts"
import {
  correlate,
  eventKey,
  eventsOf,
  type Interaction,
  type InteractionKey,
  interactionKey,
  keyName
} from "../schema/Interaction.ts"
import { summaryOf } from "../schema/InteractionSummary.ts"
import { answerTraits, type InteractionTraits, queryTraits } from "../schema/InteractionTraits.ts"
import type { Span } from "../schema/IsoWeek.ts"
import { keptUntil } from "../schema/Retention.ts"
import { isLaterVote, voteIn } from "../schema/Vote.ts"
import { VoteEntry } from "../schema/WeekEntry.ts"
import { InteractionStore } from "../services/InteractionStore.ts"

/** An interaction, with the traits that came with each of its halves. */
interface Kept {
  readonly interaction: Interaction
  readonly traits: InteractionTraits
}

const outcomeOf = (known: Interaction | undefined, event: InteractionEvent) => {
  const halves = known === undefined ? [] : eventsOf(known)
  const half = halves.find(({ eventType }) => eventType === event.eventType)
  if (half === undefined) return "stored"
  return encodeMessage(half) === encodeMessage(event) ? "duplicates" : "conflicts"
}

const isLive = ({ timestamp }: InteractionKey, { endMs, startMs }: Span, nowMs: number): boolean =>
  timestamp >= startMs && timestamp < endMs && keptUntil(timestamp) > nowMs

const keptOf = (event: FeedbackEvent): FeedbackEvent => {
  const { comment: _, reason: __, ...rest } = event
  return { ...rest, ...voteIn(event) }
}

const entryOf = (event: FeedbackEvent) =>
  VoteEntry.make({ ...eventKey(event), vote: voteIn(event) })

const make = Effect.sync(() => {
  const all = new Map<string, Kept>()

  const record: InteractionStore["Service"]["record"] = (interaction, traits = {}) =>
    Effect.sync(() => {
      const name = keyName(interactionKey(interaction))
      const counts = { stored: 0, duplicates: 0, conflicts: 0, cut: 0, writeUnits: 0 }
      for (const event of eventsOf(interaction)) {
        const kept = all.get(name)
        const outcome = outcomeOf(kept?.interaction, event)
        counts[outcome] += 1
        if (outcome !== "stored") continue
        const fresh = event.eventType === "query" ? queryTraits(traits) : answerTraits(traits)
        all.set(name, {
          traits: { ...kept?.traits, ...fresh },
          interaction: correlate(kept?.interaction, event)
        })
      }
      return counts
    })

  const votes = new Map<string, FeedbackEvent>()

  const vote: InteractionStore["Service"]["vote"] = (event) =>
    Effect.sync(() => {
      const name = keyName(eventKey(event))
      const known = votes.get(name)
      const isSame = known?.voteId === event.voteId && known.votedAt === event.votedAt
      const isNew = known === undefined || isLaterVote(event, known)
      if (isNew) votes.set(name, keptOf(event))
      return {
        stored: Number(isNew),
        duplicates: Number(isSame),
        older: Number(!(isNew || isSame)),
        writeUnits: 0
      }
    })

  return InteractionStore.of({
    record,
    vote,
    voteOn: (key) => Effect.sync(() => Option.fromUndefinedOr(votes.get(keyName(key)))),
    get: (key) => Effect.sync(() => Option.fromUndefinedOr(all.get(keyName(key))?.interaction)),
    newest: (span) =>
      Effect.map(Clock.currentTimeMillis, (now) =>
        Option.fromUndefinedOr(
          [...all.values()]
            .map(({ interaction }) => interactionKey(interaction))
            .filter((key) => isLive(key, span, now))
            .map(({ timestamp }) => timestamp)
            .sort((one, other) => one - other)
            .at(-1)
        )
      ),
    summaries: (period) =>
      Stream.unwrap(
        Effect.map(Clock.currentTimeMillis, (now) =>
          Stream.fromIterable(
            [
              ...[...votes.values()].map(entryOf),
              ...[...all.values()].map(({ interaction, traits }) => summaryOf(interaction, traits))
            ]
              .filter((entry) => isLive(entry, period, now))
              .sort((one, other) => one.timestamp - other.timestamp)
          )
        )
      )
  })
})

/** The store in this process's memory, held to the same contract as the real one. */
export const layer = Layer.effect(InteractionStore, make)
