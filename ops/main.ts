/** `npm run ops`: the operator's command line. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import * as Runtime from "effect/Runtime"
import { costCommand } from "./cost/command.ts"
import { dlqCommand } from "./dlq/command.ts"
import { eraseCommand } from "./erase/command.ts"
import { exportCommand } from "./export/command.ts"
import { importCommand } from "./import/command.ts"
import { reportCommand } from "./report/command.ts"
import { statusCommand } from "./status/command.ts"
import { tailCommand } from "./tail/command.ts"

const ops = Command.make("ops").pipe(
  Command.withDescription("What an operator does to the system, here or on AWS."),
  Command.withExamples([
    { command: "npm run ops -- status --local", description: "whether all is well" },
    { command: "npm run ops -- dlq list --local", description: "why messages are dead" },
    { command: "npm run ops -- report preview --from sample", description: "a weekly e-mail" },
    { command: "npm run ops -- cost --queries 10000", description: "what a month costs" }
  ]),
  Command.withSubcommands([
    costCommand,
    dlqCommand,
    eraseCommand,
    exportCommand,
    importCommand,
    reportCommand,
    statusCommand,
    tailCommand
  ])
)

const isWrittenWrongly = (error: CliError.CliError): boolean =>
  error._tag === "ShowHelp"
    ? error.errors.length > 0
    : error._tag === "UserError" && error.cause instanceof CliError.ValidationError

Command.run(ops, { version: "0.1.0" }).pipe(
  // a command that was written wrongly ends with 2, one that failed with 1
  Effect.tapError((error) =>
    Effect.sync(() => {
      if (isWrittenWrongly(error)) Object.assign(error, { [Runtime.errorExitCode]: 2 })
    })
  ),
  // stdout is for what was asked for
  Effect.provideService(Logger.LogToStderr, true),
  Effect.provideService(References.MinimumLogLevel, "Warn"),
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain
)
