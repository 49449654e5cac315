import type { EmailMessage } from "../../../schema/EmailMessage.ts"
import type { Alert } from "../../../schema/watch/Alert.ts"
import { headersOf, type Mailing } from "../compose.ts"
import { parse, render } from "../render/Mustache.ts"

const template = parse(
  `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{subject}}</title></head>
<body>
{{#paragraphs}}
<p>{{.}}</p>
{{/paragraphs}}
</body>
</html>
`,
  { name: "alert" }
)

const once =
  "This is told once. It is told again when it has been over for a while and comes back; " +
  "docs/decisions/0036-watch.md says when."

/** An alert as an e-mail, with a visitor's words where the owner's settings show them. */
export const alertMail = (
  { lines, question, subject: told }: Alert,
  mailing: Mailing
): EmailMessage => {
  const { from, questions, siteName, to } = mailing
  const subject = `[${siteName}] ${told}`
  const quoted = question === undefined || questions === "hidden" ? [] : [`“${question}”`]
  const paragraphs = [...lines.slice(0, 1), ...quoted, ...lines.slice(1), once]
  return {
    from,
    to,
    subject,
    html: render(template, { subject, paragraphs }),
    text: `${paragraphs.join("\n\n")}\n`,
    headers: headersOf(mailing)
  }
}
