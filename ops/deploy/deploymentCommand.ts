import * as Command from "effect/cli/Command"
import { doctorCommand } from "../doctor/doctorCommand.ts"
import { deployCommand } from "./deployCommand.ts"
import { destroyCommand } from "./destroyCommand.ts"

export const deploymentCommand = Command.make("deployment").pipe(
  Command.withDescription("Puts the system into AWS and Cloudflare, examines it, takes it down."),
  Command.withSubcommands([deployCommand, doctorCommand, destroyCommand])
)
