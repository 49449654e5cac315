import * as Effect from "effect/Effect"
import MailComposer from "nodemailer/lib/mail-composer"
import type { EmailMessage } from "../../schema/EmailMessage.ts"
import { MailRejected } from "../../services/Mailer.ts"

/** The message as RFC 5322 bytes: `multipart/alternative`, plain text first, HTML last. */
export const encodeMime = (message: EmailMessage): Effect.Effect<Uint8Array, MailRejected> =>
  Effect.tryPromise({
    try: () =>
      new MailComposer({
        from: message.from,
        to: [...message.to],
        subject: message.subject,
        text: message.text,
        html: message.html,
        headers: { ...message.headers },
        disableFileAccess: true,
        disableUrlAccess: true
      })
        .compile()
        .build(),
    catch: () => new MailRejected({ detail: "the message cannot be written as MIME" })
  })
