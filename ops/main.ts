/** `npm run ops`: the operator's command line. */
import * as Command from "effect/cli/Command"
import { runCommandLine } from "../cli/runCommandLine.ts"
import { version } from "../src/runtime/version.ts"
import { consoleCommand } from "./console/consoleCommand.ts"
import { conversationCommand } from "./conversation/conversationCommand.ts"
import { costCommand } from "./cost/costCommand.ts"
import { dlqCommand } from "./dlq/dlqCommand.ts"
import { eraseCommand } from "./erase/eraseCommand.ts"
import { exportCommand } from "./export/exportCommand.ts"
import { gapsCommand } from "./gaps/gapsCommand.ts"
import { importCommand } from "./import/importCommand.ts"
import { manual } from "./manual.ts"
import { reportCommand } from "./report/reportCommand.ts"
import { statusCommand } from "./status/statusCommand.ts"
import { tailCommand } from "./tail/tailCommand.ts"

const ops = Command.make("ops").pipe(
  manual({
    short: "operate an installation",
    long: "Operates an installation of cv-analytics, on this machine or on AWS.",
    examples: {
      "status --local": "whether all is well",
      "dlq list --local": "why messages failed",
      "report preview --from sample": "a weekly e-mail",
      "cost --queries 10000": "what a month costs"
    }
  }),
  Command.withSubcommands([
    consoleCommand,
    conversationCommand,
    costCommand,
    dlqCommand,
    eraseCommand,
    exportCommand,
    gapsCommand,
    importCommand,
    reportCommand,
    statusCommand,
    tailCommand
  ])
)

runCommandLine(ops, version)
