import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import type { EmailMessage } from "../schema/EmailMessage.ts"
import { Mailer } from "../services/Mailer.ts"

/** The messages that the memory mailer accepted, oldest first. */
export class Outbox extends Context.Service<Outbox, Ref.Ref<ReadonlyArray<EmailMessage>>>()(
  "layers/Outbox"
) {}

const mailer = Layer.effect(
  Mailer,
  Effect.gen(function* () {
    const outbox = yield* Outbox
    return Mailer.of({
      send: (message) =>
        Ref.modify(outbox, (sent) => [
          { messageId: `memory-${sent.length + 1}` },
          [...sent, message]
        ])
    })
  })
)

export const layer = Layer.provideMerge(
  mailer,
  Layer.effect(Outbox, Ref.make<ReadonlyArray<EmailMessage>>([]))
)
