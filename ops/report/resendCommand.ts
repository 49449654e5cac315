import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { resend } from "../../src/programs/reporter/program.ts"
import { manual } from "../manual.ts"
import { dryRunFlag, localRecipients, mailing, report, weekFlag, weekOf } from "./report.ts"
import { recipients } from "./settings.ts"

const flags = { week: weekFlag, to: recipients, dryRun: dryRunFlag }
type Input = Command.Command.Config.Infer<typeof flags>

const recipientsOf = Effect.fnUntraced(function* (to: Input["to"]) {
  if (Option.isSome(to)) return to.value
  return (yield* report).local
    ? localRecipients
    : yield* refuse("give --to, the recipients' e-mail addresses, or set REPORT_TO")
})

const run = Effect.fn("report.resend")(function* ({ dryRun, ...input }: Input) {
  const to = yield* recipientsOf(input.to)
  const { json, options, run: send } = yield* mailing({ to, dryRun })
  const week = yield* weekOf(input.week, options.zone)
  const { messageId } = yield* send(resend(week, options))
  const again = `the frozen numbers of ${week} again to ${to.join(", ")}`
  const done = dryRun ? `Would send ${again}` : `Sent ${again} as ${messageId}`
  yield* Console.log(
    json
      ? JSON.stringify({ week, to, resend: true, dryRun, messageId })
      : `${done}; the e-mail says that it is a resend.`
  )
}, inOneLine)

export const resendCommand = Command.make("resend", flags, run).pipe(
  manual({
    short: "send a week's frozen numbers once more",
    long:
      "Sends the e-mail of a reported week once more, with the same frozen numbers; it says that " +
      "it is a resend. It counts nothing and leaves the ledger alone.",
    examples: {
      "report resend --week 2026-W46 --local": "into the inbox of npm start",
      "report resend --week 2026-W46 --to owner@example.com --from-address reports@example.com":
        "from AWS"
    }
  })
)
