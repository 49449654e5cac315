/** `npm run deploy`, `npm run doctor` and `npm run destroy`. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import * as Runtime from "effect/Runtime"
import * as CommandsOfSystem from "./CommandsOfSystem.ts"
import { infraCommand } from "./infraCommand.ts"

const isWrittenWrongly = (error: CliError.CliError): boolean =>
  error._tag === "ShowHelp"
    ? error.errors.length > 0
    : error._tag === "UserError" && error.cause instanceof CliError.ValidationError

Command.run(infraCommand, { version: "0.1.0" }).pipe(
  // a command that was written wrongly ends with 2, one that failed with 1
  Effect.tapError((error) =>
    Effect.sync(() => {
      if (isWrittenWrongly(error)) Object.assign(error, { [Runtime.errorExitCode]: 2 })
    })
  ),
  Effect.provideService(Logger.LogToStderr, true),
  Effect.provideService(References.MinimumLogLevel, "Warn"),
  Effect.provide(
    Layer.mergeAll(CommandsOfSystem.layer, FetchHttpClient.layer).pipe(
      Layer.provideMerge(NodeServices.layer)
    )
  ),
  NodeRuntime.runMain
)
