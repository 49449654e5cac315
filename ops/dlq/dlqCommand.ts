import * as Command from "effect/cli/Command"
import { manual } from "../manual.ts"
import { deleteCommand } from "./deleteCommand.ts"
import { dlq } from "./dlq.ts"
import { exportCommand } from "./exportCommand.ts"
import { listCommand } from "./listCommand.ts"
import { redriveCommand } from "./redriveCommand.ts"
import { showCommand } from "./showCommand.ts"

export const dlqCommand = dlq.pipe(
  manual({
    short: "list, show, redrive, export or delete dead letters",
    long:
      "Handles dead letters: messages that the processor failed to handle several times, so that " +
      "the queue set them aside. Looking raises their receive count, which has no effect, " +
      "and hides them from other readers until the command ends.",
    examples: {
      "dlq list --local": "the dead letters of npm start",
      "dlq list --region eu-west-1": "the dead letters on AWS",
      "dlq redrive --dry-run --endpoint http://127.0.0.1:8789": "at another endpoint"
    }
  }),
  Command.withSubcommands([listCommand, showCommand, redriveCommand, exportCommand, deleteCommand])
)
