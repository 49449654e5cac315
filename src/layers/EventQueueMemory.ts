import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import { type AnalyticsEvent, decodeMessage } from "../schema/AnalyticsEvent.ts"
import { EventQueue } from "../services/EventQueue.ts"

/** The events that the memory queue accepted, oldest first. */
export class Published extends Context.Service<Published, Ref.Ref<ReadonlyArray<AnalyticsEvent>>>()(
  "layers/Published"
) {}

const queue = Layer.effect(
  EventQueue,
  Effect.map(Published, (published) =>
    EventQueue.of({
      publish: (messages) =>
        Effect.forEach(messages, ({ body }) => Effect.fromResult(decodeMessage(body))).pipe(
          Effect.orDie,
          Effect.flatMap((events) => Ref.update(published, (known) => [...known, ...events]))
        )
    })
  )
)

export const layer = Layer.provideMerge(
  queue,
  Layer.effect(Published, Ref.make<ReadonlyArray<AnalyticsEvent>>([]))
)
