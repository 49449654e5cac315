/** `npm run bench -- <name>`: what is claimed of the system, measured against a reference. */
import * as Command from "effect/cli/Command"
import { runCommandLine } from "../cli/runCommandLine.ts"
import { version } from "../src/runtime/version.ts"
import { costCommand } from "./cost/costCommand.ts"
import { edgeCommand } from "./edge/edgeCommand.ts"
import { groupingCommand } from "./grouping/groupingCommand.ts"
import { processorCommand } from "./processor/processorCommand.ts"
import { redactionCommand } from "./redaction/redactionCommand.ts"
import { reporterCommand } from "./reporter/reporterCommand.ts"

const bench = Command.make("bench").pipe(
  Command.withDescription("Both sides run here, one after the other, on the same engine."),
  Command.withSubcommands([
    costCommand,
    edgeCommand,
    groupingCommand,
    processorCommand,
    redactionCommand,
    reporterCommand
  ])
)

runCommandLine(bench, version)
