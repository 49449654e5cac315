import { SESClient, type SESClientConfig, SendRawEmailCommand } from "@aws-sdk/client-ses"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import { Mailer, MailerUnavailable } from "../services/Mailer.ts"
import { encodeMime } from "./ses/MimeMessage.ts"
import { toMailError } from "./ses/SesFault.ts"

/** The AWS actions that each verb needs. */
export const actions = {
  send: ["ses:SendRawEmail"]
} satisfies Record<keyof Mailer["Service"], ReadonlyArray<string>>

/** The AWS client as a resource, closed with its scope; its own retries are off. */
export class Ses extends Context.Service<Ses, SESClient>()("layers/Ses") {
  static readonly layer = (config: SESClientConfig) =>
    Layer.effect(
      Ses,
      Effect.acquireRelease(
        Effect.sync(() => new SESClient({ ...config, maxAttempts: 1 })),
        (client) => Effect.sync(() => client.destroy())
      )
    )
}

/**
 * Retries throttling alone, because SES has not accepted a throttled mail. After any other fault
 * the mail may be out, so the ledger's next run decides.
 */
const whenThrottled = Schedule.exponential("200 millis").pipe(
  Schedule.jittered,
  Schedule.upTo({ times: 4 })
)

const make = Effect.gen(function* () {
  const client = yield* Ses
  const send: Mailer["Service"]["send"] = Effect.fn("Mailer.send")(function* (message) {
    const raw = yield* encodeMime(message)
    const { MessageId } = yield* Effect.tryPromise({
      try: (abortSignal) =>
        client.send(
          new SendRawEmailCommand({
            Source: message.from,
            Destinations: [...message.to],
            RawMessage: { Data: raw }
          }),
          { abortSignal }
        ),
      catch: toMailError
    }).pipe(
      Effect.retry({
        schedule: whenThrottled,
        while: (error) =>
          error._tag === "MailerUnavailable" && error.detail.startsWith("Throttling")
      })
    )
    return MessageId === undefined || MessageId === ""
      ? yield* new MailerUnavailable({ detail: "SES named no message", accepted: "unknown" })
      : { messageId: MessageId }
  })
  return Mailer.of({ send })
})

export const layer = Layer.effect(Mailer, make)
