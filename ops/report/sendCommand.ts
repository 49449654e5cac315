import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { inOneLine } from "../../cli/runCommandLine.ts"
import { compose } from "../../src/programs/reporter/compose.ts"
import { Mailer } from "../../src/services/Mailer.ts"
import { manual } from "../manual.ts"
import { dryRunFlag, mailing, numbersAsked, numbersText, weekFlag } from "./report.ts"
import { testReaders } from "./settings.ts"
import { tellTest } from "./tellTest.ts"

const flags = { to: testReaders, week: weekFlag, dryRun: dryRunFlag }

const run = Effect.fn("report.send")(function* (input: Command.Command.Config.Infer<typeof flags>) {
  const { dryRun, to } = input
  if (typeof to === "string") return yield* tellTest(to, input)
  const { json, options, run: send } = yield* mailing({ dryRun, to })
  const { messageId, numbers, subject } = yield* Effect.gen(function* () {
    const numbers = yield* numbersAsked(input.week, options)
    const message = compose(numbers.report, options, "test")
    return { numbers, subject: message.subject, ...(yield* (yield* Mailer).send(message)) }
  }).pipe(send)
  const { frozen, report } = numbers
  const done = dryRun
    ? `Would send to ${to.join(", ")}`
    : `Sent to ${to.join(", ")} as ${messageId}`
  yield* Console.log(
    json
      ? JSON.stringify({
          week: report.period.weekId,
          questions: report.questions,
          frozen,
          to,
          subject,
          test: true,
          dryRun,
          messageId
        })
      : `${done}: ${subject}\n` +
          `A test with ${numbersText(numbers)}; it does not affect the week's own report.`
  )
}, inOneLine)

export const sendCommand = Command.make("send", flags, run).pipe(
  manual({
    short: "send a week's e-mail to yourself, or its message to a channel, as a test",
    long:
      "Sends a week's e-mail as a test, which its subject shows, and only to the recipients that " +
      "you name. It shows the frozen numbers of a reported week, and otherwise counts the week " +
      "as it stands. The week's own report still goes out once. A channel's address comes from " +
      "SLACK_URL, DISCORD_URL, or WEBHOOK_URL and WEBHOOK_SECRET.",
    examples: {
      "report send --to me@example.com --local": "into the inbox of npm start",
      "report send --to me@example.com --from-address reports@example.com --dry-run":
        "what AWS would send",
      "report send --to slack --local --dry-run": "the message that Slack would get"
    }
  })
)
