import * as Effect from "effect/Effect"
import MailComposer from "nodemailer/lib/mail-composer"
import { encode, wrap } from "nodemailer/lib/qp"
import type { EmailMessage } from "../../schema/EmailMessage.ts"
import { MailRejected } from "../../services/Mailer.ts"

/** A mail server may refuse a message with a line that ends otherwise. */
const withLineEnds = (text: string): string => text.replace(/\r\n|\r|\n/g, "\r\n")

const base64Length = (bytes: Buffer): number => {
  const digits = 4 * Math.ceil(bytes.length / 3)
  return digits + 2 * Math.floor(digits / 76)
}

/** Base64 where it is shorter, as for Chinese, because clients cut a long message. */
const part = (text: string) => {
  const content = withLineEnds(text)
  const bytes = Buffer.from(content)
  const isShorter = base64Length(bytes) < wrap(encode(bytes)).length
  return isShorter ? { content, contentTransferEncoding: "base64" } : content
}

/**
 * The message as RFC 5322 bytes: `multipart/alternative`, plain text first, HTML last, every line
 * ended by CRLF.
 */
export const encodeMime = (message: EmailMessage): Effect.Effect<Uint8Array, MailRejected> =>
  Effect.tryPromise({
    try: () =>
      new MailComposer({
        from: message.from,
        to: [...message.to],
        subject: message.subject,
        text: part(message.text),
        html: part(message.html),
        headers: { ...message.headers },
        disableFileAccess: true,
        disableUrlAccess: true
      })
        .compile()
        .build(),
    catch: () => new MailRejected({ detail: "the message cannot be written as MIME" })
  })
