import type { EmailMessage } from "../../../schema/EmailMessage.ts"
import type { Alert } from "../../../schema/watch/Alert.ts"
import { headersOf, type Mailing } from "../compose.ts"
import { parse, render } from "../render/Mustache.ts"
import { wordsIn } from "../words/wordsIn.ts"

const template = parse(
  `<!doctype html>
<html lang="{{tag}}">
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

/** An alert as an e-mail, with a visitor's words where the owner's settings show them. */
export const alertMail = (
  { lines, question, subject: told }: Alert,
  mailing: Mailing
): EmailMessage => {
  const { from, language, questions, siteName, to } = mailing
  const { alerts, labels, tag } = wordsIn(language)
  const subject = `[${siteName}] ${told}`
  const quoted =
    question === undefined || questions === "hidden"
      ? []
      : [`${labels.openQuote}${question}${labels.closeQuote}`]
  const paragraphs = [...lines.slice(0, 1), ...quoted, ...lines.slice(1), alerts.once]
  return {
    from,
    to,
    subject,
    html: render(template, { tag, subject, paragraphs }),
    text: `${paragraphs.join("\n\n")}\n`,
    headers: headersOf(mailing)
  }
}
