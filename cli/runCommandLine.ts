import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as CliError from "effect/cli/CliError"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import * as Runtime from "effect/Runtime"

/** Ends a command with the one line that its error is. */
export const inOneLine = <A, E extends { readonly message: string }, R>(
  effect: Effect.Effect<A, E, R>
) =>
  Effect.mapError(effect, (cause) => new CliError.UserError({ cause, userMessage: cause.message }))

const isWrittenWrongly = (error: CliError.CliError): boolean =>
  error._tag === "ShowHelp"
    ? error.errors.length > 0
    : error._tag === "UserError" && error.cause instanceof CliError.ValidationError

/** Runs a command as this process: exit code 2 when it was written wrongly, 1 when it failed. */
export const runCommandLine = (command: Effect.Effect<void, CliError.CliError>): void =>
  command.pipe(
    Effect.tapError((error) =>
      Effect.sync(() => {
        if (isWrittenWrongly(error)) Object.assign(error, { [Runtime.errorExitCode]: 2 })
      })
    ),
    // stdout is for what was asked for
    Effect.provideService(Logger.LogToStderr, true),
    Effect.provideService(References.MinimumLogLevel, "Warn"),
    NodeRuntime.runMain
  )
