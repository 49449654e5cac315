import * as Command from "effect/cli/Command"
import { manual } from "../manual.ts"
import { checkCommand } from "./checkCommand.ts"
import { draftCommand } from "./draftCommand.ts"
import { ignoreCommand, mergeCommand, renameCommand, reopenCommand } from "./editCommands.ts"
import { exportCommand } from "./exportCommand.ts"
import { gaps } from "./gaps.ts"
import { listCommand } from "./listCommand.ts"
import { pushCommand } from "./pushCommand.ts"

export const gapsCommand = gaps.pipe(
  manual({
    short: "work through what the bot could not answer",
    long:
      "Keeps the questions without a good answer in gaps.jsonl beside the knowledge base, with " +
      "what became of each: open, drafted, answered, closed, back or ignored. The file may be " +
      "edited by hand.",
    examples: {
      "gaps list --local": "what is open",
      "gaps draft 2026-W47-3": "a section to fill in",
      "gaps check --local": "whether the bot answers by now",
      "gaps push --local": "so that the next e-mail tells"
    }
  }),
  Command.withSubcommands([
    listCommand,
    ignoreCommand,
    reopenCommand,
    renameCommand,
    mergeCommand,
    draftCommand,
    checkCommand,
    exportCommand,
    pushCommand
  ])
)
