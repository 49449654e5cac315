import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Console from "effect/Console"
import * as CliError from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import * as Runtime from "effect/Runtime"

const ending = (userMessage: string, cause: unknown) =>
  new CliError.UserError({ cause, userMessage })

/** Ends a command with its error's message as one line. */
export const inOneLine = <A, E extends { readonly message: string }, R>(
  effect: Effect.Effect<A, E, R>
) =>
  Effect.mapError(effect, (error) =>
    error instanceof CliError.UserError ? error : ending(error.message, error)
  )

/** Ends a command that did its work and found something wrong. */
export const failWith = (message: string, exitCode = 1) =>
  Effect.fail(Object.assign(ending(message, message), { [Runtime.errorExitCode]: exitCode }))

/** Ends a command as wrongly written, before it has done anything. */
export const refuse = (message: string) =>
  Effect.fail(ending(message, new CliError.ValidationError({ message })))

const isWrittenWrongly = (error: CliError.CliError): boolean =>
  error._tag === "ShowHelp"
    ? error.errors.length > 0
    : error._tag === "UserError" && error.cause instanceof CliError.ValidationError

/** Says what is wrong with a command on stderr, where the framework writes its help to stdout. */
const present = Effect.fnUntraced(function* (event: CliOutput.Presenter.Event) {
  if (event._tag !== "InvalidInvocation") return yield* CliOutput.defaultPresenter.present(event)
  const formatter = yield* CliOutput.Formatter
  const errors = formatter
    .formatErrors(event.errors)
    .replaceAll(/Expected: Schema validation failed: (?:Expected )?/g, "Expected: ")
  // deploy, doctor and destroy share one program, but each is a script by itself
  const [script, ...words] = event.commandPath.filter((word) => word !== "deployment")
  const help = ["npm", "run", script, "--", ...words, "--help"].join(" ")
  yield* Console.error(`${errors}\n  See ${help}`)
})

/**
 * Runs a command as this process, which exits with 2 when the command was written wrongly, with 1
 * when it failed, and with 130 after Ctrl-C. Standard output holds results only.
 */
export const runCommandLine = <
  const Name extends string,
  Input,
  Context,
  E extends CliError.CliError
>(
  command: Command.Command<Name, Input, Context, E, NodeServices.NodeServices>,
  version: string
): void =>
  Command.run(command, { version }).pipe(
    Effect.tapError((error) =>
      Effect.sync(() => {
        if (isWrittenWrongly(error)) Object.assign(error, { [Runtime.errorExitCode]: 2 })
      })
    ),
    Effect.provideService(CliOutput.Presenter, { present }),
    Effect.provideService(Logger.LogToStderr, true),
    Effect.provideService(References.MinimumLogLevel, "Warn"),
    Effect.provide(NodeServices.layer),
    NodeRuntime.runMain
  )
