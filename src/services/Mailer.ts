import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { EmailMessage } from "../schema/EmailMessage.ts"

/** The mail service did not answer, or asked to wait; nothing is known to have been sent. */
export class MailerUnavailable extends Schema.TaggedError<MailerUnavailable>()(
  "MailerUnavailable",
  { detail: Schema.String }
) {
  override get message() {
    return this.detail
  }
}

/** The mail service refused the message: an unverified address, a closed account. */
export class MailRejected extends Schema.TaggedError<MailRejected>()("MailRejected", {
  detail: Schema.String
}) {
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
