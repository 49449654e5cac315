import type { EmailMessage } from "../../schema/EmailMessage.ts"
import { headersOf, type Mailing } from "./compose.ts"
import { instant } from "./render/DateWords.ts"
import { parse, render } from "./render/Mustache.ts"
import type { Silence } from "./Silence.ts"

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
  { name: "silence" }
)

interface Found extends Silence {
  readonly usualHours: number
  readonly timeZone: string
}

/** The warning that nothing has come for longer than usual, and where to look. */
export const silenceMail = (
  { sinceMs, timeZone, usualHours }: Found,
  mailing: Mailing
): EmailMessage => {
  const { from, siteName, to } = mailing
  const since = instant(sinceMs, timeZone)
  const subject = `[${siteName}] No question has arrived since ${since}`
  const paragraphs = [
    `The last event of ${siteName} is from ${since}.`,
    "In each of the last weeks, people asked in at least " +
      `${usualHours} hours of the same stretch of the week.`,
    "Perhaps nobody asked. If people did ask, the events do not arrive: the Worker was replaced " +
      "by one without the analytics, or its access key was deleted, or the chatbot is down.",
    "Ask your chatbot a question. If npm run ops -- status does not show it within two minutes, " +
      "npm run doctor says what is missing.",
    "This is told once. The next warning needs an event of a later week, and a silence after it."
  ]
  return {
    from,
    to,
    subject,
    html: render(template, { subject, paragraphs }),
    text: `${paragraphs.join("\n\n")}\n`,
    headers: headersOf(mailing)
  }
}
