import * as Command from "effect/cli/Command"
import { previewCommand } from "./previewCommand.ts"
import { report } from "./report.ts"
import { resendCommand } from "./resendCommand.ts"
import { sendCommand } from "./sendCommand.ts"

export const reportCommand = report.pipe(
  Command.withDescription(
    "The weekly e-mail, outside of its schedule: as files, as a test, or once more. None of " +
      "these claims a week, so the report of the schedule goes out once whatever is done here."
  ),
  Command.withShortDescription("the weekly e-mail: preview, send, resend"),
  Command.withExamples([
    { command: "npm run ops -- report preview --from sample", description: "with nothing running" },
    { command: "npm run ops -- report preview --local", description: "of npm start" },
    { command: "npm run ops -- report preview --region eu-west-1", description: "of AWS" }
  ]),
  Command.withSubcommands([previewCommand, sendCommand, resendCommand])
)
