/** `npm run deploy`, `npm run doctor` and `npm run destroy`. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Command from "effect/cli/Command"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import { runCommandLine } from "../../cli/runCommandLine.ts"
import { version } from "../../src/runtime/version.ts"
import * as CommandsOfSystem from "./CommandsOfSystem.ts"
import { deploymentCommand } from "./deploymentCommand.ts"
import * as Typed from "./Typed.ts"

const services = Layer.mergeAll(CommandsOfSystem.layer, Typed.layer, FetchHttpClient.layer).pipe(
  Layer.provideMerge(NodeServices.layer)
)

// a closed terminal counts as Ctrl-C; otherwise Terraform would die before it saves its state
process.on("SIGHUP", () => process.emit("SIGINT"))

runCommandLine(Command.provide(deploymentCommand, services), version)
