import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { EmailMessage } from "../schema/EmailMessage.ts"

/** The mail service did not answer, or asked to wait. */
export class MailerUnavailable extends Data.TaggedError("MailerUnavailable")<{
  readonly detail: string
  /** `unknown` while no answer came: the message may be out. */
  readonly accepted: "no" | "unknown"
}> {
  override get message() {
    return this.detail
  }
}

/** The mail service refused the message: an unverified address, a closed account. */
export class MailRejected extends Data.TaggedError("MailRejected")<{ readonly detail: string }> {
  override get message() {
    return this.detail
  }
}

/** Tells whether a message that failed to be sent may have been sent all the same. */
export const mayBeOut = (error: MailerUnavailable | MailRejected): boolean =>
  error._tag === "MailerUnavailable" && error.accepted === "unknown"

/** Hands a message to a mail service; success is its acceptance, named by `messageId`. */
export class Mailer extends Context.Service<
  Mailer,
  {
    readonly send: (
      message: EmailMessage
    ) => Effect.Effect<{ readonly messageId: string }, MailerUnavailable | MailRejected>
  }
>()("services/Mailer") {}
