import * as Schema from "effect/Schema"

const expected = "an e-mail address such as owner@example.com"
const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"

/**
 * One address, `local@domain`, without a display name. SES refuses an e-mail as a whole for one
 * address that it cannot read, so this takes what SES takes: ASCII, an international domain as
 * `xn--…`.
 */
export const EmailAddress = Schema.String.check(
  Schema.isPattern(new RegExp(`^${atom}(?:\\.${atom})*@(?:${label}\\.)+${label}$`), { expected }),
  Schema.isPattern(/^[^@]{1,64}@[^@]{1,253}$/, { expected })
)
export type EmailAddress = typeof EmailAddress.Type

/** SES refuses an e-mail with more recipients. */
export const recipientsMax = 50

export const Recipients = Schema.NonEmptyArray(EmailAddress).check(
  Schema.isMaxLength(recipientsMax, {
    expected: `at most ${recipientsMax} addresses, because SES takes no more for one e-mail`
  })
)
export type Recipients = typeof Recipients.Type

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
  to: Recipients,
  subject: Schema.String,
  html: Schema.String,
  text: Schema.String,
  headers: Schema.Record(Schema.String, Schema.String)
})
export type EmailMessage = typeof EmailMessage.Type
