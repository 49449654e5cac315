/** `npm run ops`: the operator's command line. */
import * as Command from "effect/cli/Command"
import { runCommandLine } from "../cli/runCommandLine.ts"
import { version } from "../src/runtime/version.ts"
import { costCommand } from "./cost/costCommand.ts"
import { dlqCommand } from "./dlq/dlqCommand.ts"
import { eraseCommand } from "./erase/eraseCommand.ts"
import { exportCommand } from "./export/exportCommand.ts"
import { importCommand } from "./import/importCommand.ts"
import { reportCommand } from "./report/reportCommand.ts"
import { statusCommand } from "./status/statusCommand.ts"
import { tailCommand } from "./tail/tailCommand.ts"

const ops = Command.make("ops").pipe(
  Command.withDescription("What an operator does to the system, here or on AWS."),
  Command.withExamples([
    { command: "npm run ops -- status --local", description: "whether all is well" },
    { command: "npm run ops -- dlq list --local", description: "why messages are dead" },
    { command: "npm run ops -- report preview --from sample", description: "a weekly e-mail" },
    { command: "npm run ops -- cost --queries 10000", description: "what a month costs" }
  ]),
  Command.withSubcommands([
    costCommand,
    dlqCommand,
    eraseCommand,
    exportCommand,
    importCommand,
    reportCommand,
    statusCommand,
    tailCommand
  ])
)

runCommandLine(ops, version)
