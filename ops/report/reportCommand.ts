import * as Command from "effect/cli/Command"
import { manual } from "../manual.ts"
import { previewCommand } from "./previewCommand.ts"
import { report } from "./report.ts"
import { resendCommand } from "./resendCommand.ts"
import { sendCommand } from "./sendCommand.ts"
import { watchCommand } from "./watchCommand.ts"

export const reportCommand = report.pipe(
  manual({
    short: "preview, send or resend a weekly e-mail",
    long:
      "Makes a week's e-mail outside of the schedule: as files, as a test, or once more. The " +
      "scheduled report still goes out once, because these commands never claim a week.",
    examples: {
      "report preview --from sample": "a made-up week; needs no running system",
      "report preview --local": "a week of npm start",
      "report preview --region eu-west-1": "a week of AWS"
    }
  }),
  Command.withSubcommands([previewCommand, sendCommand, resendCommand, watchCommand])
)
