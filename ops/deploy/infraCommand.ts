import * as Command from "effect/cli/Command"
import { doctorCommand } from "../doctor/doctorCommand.ts"
import { deployCommand } from "./deployCommand.ts"
import { destroyCommand } from "./destroyCommand.ts"

export const infraCommand = Command.make("infra").pipe(
  Command.withDescription("Puts the system into AWS and Cloudflare, looks at it, takes it down."),
  Command.withSubcommands([deployCommand, doctorCommand, destroyCommand])
)
