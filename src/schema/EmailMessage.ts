import * as Schema from "effect/Schema"

/** One address, `local@domain`, without a display name; control characters cannot pass. */
export const EmailAddress = Schema.String.check(
  Schema.isPattern(/^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,255}$/, {
    expected: "an e-mail address such as owner@example.com"
  })
)
export type EmailAddress = typeof EmailAddress.Type

/** RFC 8058 asks for https. The header limits its length, and excludes its closing bracket. */
export const UnsubscribeUrl = Schema.String.check(
  Schema.isPattern(/^https:\/\/[^\s<>,]{1,900}$/, {
    expected: "an https address such as https://example.com/unsubscribe"
  }),
  Schema.makeFilter((url) => URL.canParse(url) || "an address that can be read")
)

/** An e-mail with both parts; `headers` are added to those that the mail format requires. */
export const EmailMessage = Schema.Struct({
  from: EmailAddress,
  to: Schema.NonEmptyArray(EmailAddress),
  subject: Schema.String,
  html: Schema.String,
  text: Schema.String,
  headers: Schema.Record(Schema.String, Schema.String)
})
export type EmailMessage = typeof EmailMessage.Type
