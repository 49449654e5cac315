import * as Command from "effect/cli/Command"
import { dlq } from "./dlq.ts"
import { exportCommand } from "./exportCommand.ts"
import { listCommand } from "./listCommand.ts"
import { redriveCommand } from "./redriveCommand.ts"
import { showCommand } from "./showCommand.ts"

export const dlqCommand = dlq.pipe(
  Command.withDescription(
    "Dead letters: messages that the processor refused so often that the queue put them aside. " +
      "Looking raises their receive count, which has no effect there, and hides them from other " +
      "readers for as long as it takes."
  ),
  Command.withShortDescription("dead letters: list, show, redrive, export"),
  Command.withExamples([
    { command: "npm run ops -- dlq list --local", description: "of npm start" },
    { command: "npm run ops -- dlq list --region eu-west-1", description: "of AWS" },
    {
      command: "npm run ops -- dlq redrive --dry-run --endpoint http://127.0.0.1:8789",
      description: "of another AWS"
    }
  ]),
  Command.withSubcommands([listCommand, showCommand, redriveCommand, exportCommand])
)
