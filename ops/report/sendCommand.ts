import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { inOneLine } from "../../cli/runCommandLine.ts"
import { compose } from "../../src/programs/reporter/compose.ts"
import type { WeekId } from "../../src/schema/IsoWeek.ts"
import { Mailer } from "../../src/services/Mailer.ts"
import { dryRunFlag, mailing } from "./mailing.ts"
import { numbersOf, numbersText } from "./numbers.ts"
import { report, weekFlag } from "./report.ts"
import { type Recipients, testRecipients } from "./settings.ts"

interface Input {
  readonly to: Recipients
  readonly week: Option.Option<WeekId>
  readonly dryRun: boolean
}

const send = Effect.fnUntraced(function* (input: Input) {
  const { json } = yield* report
  const { options, run, week } = yield* mailing(input)
  const { found, messageId, subject } = yield* Effect.gen(function* () {
    const found = yield* numbersOf(week, options)
    const message = compose(found.report, options, "test")
    return { found, subject: message.subject, ...(yield* (yield* Mailer).send(message)) }
  }).pipe(run)
  const to = input.to.join(", ")
  yield* Console.log(
    json
      ? JSON.stringify({
          week,
          questions: found.report.questions,
          frozen: found.frozen,
          to: input.to,
          subject,
          test: true,
          dryRun: input.dryRun,
          messageId
        })
      : [
          input.dryRun
            ? `Would send to ${to}: ${subject}`
            : `Sent to ${to} as ${messageId}: ${subject}`,
          `A test with ${numbersText(found)}; the ledger, and so the week's own report, is ` +
            "as it was."
        ].join("\n")
  )
}, inOneLine)

export const sendCommand = Command.make(
  "send",
  { to: testRecipients, week: weekFlag, dryRun: dryRunFlag },
  send
).pipe(
  Command.withDescription(
    "Sends a week's e-mail to those who are named, as a test that its subject shows: with the " +
      "frozen numbers once the week was reported, and until then with the week as it stands. The " +
      "ledger is not touched, so the week's own report goes out all the same, once."
  ),
  Command.withShortDescription("a test e-mail of a week, outside of the ledger"),
  Command.withExamples([
    {
      command: "npm run ops -- report send --to me@example.com --local",
      description: "into the inbox of npm start"
    },
    {
      command:
        "npm run ops -- report send --to me@example.com --from-address reports@example.com " +
        "--dry-run",
      description: "what AWS would be asked to send"
    }
  ])
)
