/** `npm run deploy`, `npm run doctor` and `npm run destroy`. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Command from "effect/cli/Command"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import { runCommandLine } from "../../cli/runCommandLine.ts"
import { version } from "../../src/runtime/version.ts"
import * as CommandsOfSystem from "./CommandsOfSystem.ts"
import { deploymentCommand } from "./deploymentCommand.ts"
import * as TypedOnTerminal from "./TypedOnTerminal.ts"

const services = Layer.mergeAll(
  CommandsOfSystem.layer,
  TypedOnTerminal.layer,
  FetchHttpClient.layer
).pipe(Layer.provideMerge(NodeServices.layer))

// a terminal that is closed is Ctrl-C: without it Terraform dies with this process, and its state
process.on("SIGHUP", () => process.emit("SIGINT"))

runCommandLine(Command.provide(deploymentCommand, services), version)
