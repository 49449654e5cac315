/** `npm run ops`: the operator's command line. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import { dlqCommand } from "./dlq/command.ts"

const ops = Command.make("ops").pipe(
  Command.withDescription("What an operator does to the system, here or on AWS."),
  Command.withExamples([
    { command: "npm run ops -- dlq list --local", description: "why messages are dead" },
    { command: "npm run ops -- dlq --help", description: "everything about dead letters" }
  ]),
  Command.withSubcommands([dlqCommand])
)

Command.run(ops, { version: "0.1.0" }).pipe(
  // a command that was written wrongly ends with 2, one that failed with 1
  Effect.tapError((error) =>
    Effect.sync(() => {
      if (error._tag === "ShowHelp" && error.errors.length > 0) {
        Object.assign(error, { [Runtime.errorExitCode]: 2 })
      }
    })
  ),
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain
)
