/** `npm run bench -- <name>`: measures the claims about the system beside a reference. */
import * as Command from "effect/cli/Command"
import { runCommandLine } from "../cli/runCommandLine.ts"
import { version } from "../src/runtime/version.ts"
import { answersCommand } from "./answers/answersCommand.ts"
import { consoleCommand } from "./console/consoleCommand.ts"
import { conversationsCommand } from "./conversations/conversationsCommand.ts"
import { costCommand } from "./cost/costCommand.ts"
import { edgeCommand } from "./edge/edgeCommand.ts"
import { groupingCommand } from "./grouping/groupingCommand.ts"
import { processorCommand } from "./processor/processorCommand.ts"
import { redactionCommand } from "./redaction/redactionCommand.ts"
import { reporterCommand } from "./reporter/reporterCommand.ts"
import { watchCommand } from "./watch/watchCommand.ts"

const bench = Command.make("bench").pipe(
  Command.withDescription(
    "Measures every claim beside a reference. Both sides run here, in turns and on the same " +
      "engine; a missed target ends with 1."
  ),
  Command.withExamples([
    { command: "npm run bench -- processor", description: "beside the original design" },
    { command: "npm run bench -- cost --footprint", description: "refresh what ops cost reads" },
    {
      command: "npm run bench -- grouping --file questions.csv",
      description: "your own labelled questions"
    }
  ]),
  Command.withSubcommands([
    answersCommand,
    consoleCommand,
    conversationsCommand,
    costCommand,
    edgeCommand,
    groupingCommand,
    processorCommand,
    redactionCommand,
    reporterCommand,
    watchCommand
  ])
)

runCommandLine(bench, version)
