import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { EmailMessage } from "../schema/EmailMessage.ts"

/** The mail service did not answer, or asked to wait; the message may have been sent or not. */
export class MailerUnavailable extends Data.TaggedError("MailerUnavailable")<{
  readonly detail: string
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

/** Hands a message to a mail service; success is its acceptance, named by `messageId`. */
export class Mailer extends Context.Service<
  Mailer,
  {
    readonly send: (
      message: EmailMessage
    ) => Effect.Effect<{ readonly messageId: string }, MailerUnavailable | MailRejected>
  }
>()("services/Mailer") {}
