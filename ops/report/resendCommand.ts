import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { resend } from "../../src/programs/reporter/program.ts"
import type { WeekId } from "../../src/schema/IsoWeek.ts"
import { dryRunFlag, mailing } from "./mailing.ts"
import { localRecipients, report, weekFlag } from "./report.ts"
import { type Recipients, recipients } from "./settings.ts"

interface Input {
  readonly to: Option.Option<Recipients>
  readonly week: Option.Option<WeekId>
  readonly dryRun: boolean
}

const recipientsOf = Effect.fnUntraced(function* (to: Input["to"]) {
  if (Option.isSome(to)) return to.value
  const { local } = yield* report
  return local
    ? localRecipients
    : yield* refuse("give --to, the e-mail addresses that get it, or set REPORT_TO")
})

const resultText = (week: WeekId, to: Recipients, sentAs: string | undefined): string => {
  const numbers = `the frozen numbers of ${week} again to ${to.join(", ")}`
  const done = sentAs === undefined ? `Would send ${numbers}` : `Sent ${numbers} as ${sentAs}`
  return `${done}; the e-mail says that it is a resend.`
}

const sendAgain = Effect.fnUntraced(function* ({ dryRun, ...input }: Input) {
  const { json } = yield* report
  const to = yield* recipientsOf(input.to)
  const { options, run, week } = yield* mailing({ to, week: input.week, dryRun })
  const { messageId } = yield* run(resend(week, options))
  yield* Console.log(
    json
      ? JSON.stringify({ week, to, resend: true, dryRun, messageId })
      : resultText(week, to, dryRun ? undefined : messageId)
  )
}, inOneLine)

export const resendCommand = Command.make(
  "resend",
  { week: weekFlag, to: recipients, dryRun: dryRunFlag },
  sendAgain
).pipe(
  Command.withDescription(
    "Sends the e-mail of a week that was reported once more, with the same frozen numbers; it " +
      "says that it is a resend. Nothing is counted, and the ledger is not touched."
  ),
  Command.withShortDescription("a week's frozen numbers once more"),
  Command.withExamples([
    {
      command: "npm run ops -- report resend --week 2026-W46 --local",
      description: "into the inbox of npm start"
    },
    {
      command:
        "npm run ops -- report resend --week 2026-W46 --to owner@example.com " +
        "--from-address reports@example.com",
      description: "from AWS"
    }
  ])
)
