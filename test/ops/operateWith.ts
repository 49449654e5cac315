import * as NodeServices from "@effect/platform-node/NodeServices"
import type * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import * as Result from "effect/Result"
import * as TestConsole from "effect/testing/TestConsole"

const linesOf = (lines: ReadonlyArray<unknown>): string => lines.map(String).join("\n")

/** One command of `ops` in this process, logging where `npm run ops` logs. */
export const operateWith =
  <Name extends string, Input, Context>(
    command: Command.Command<Name, Input, Context, CliError.CliError, NodeServices.NodeServices>
  ) =>
  (...words: ReadonlyArray<string>) =>
    Effect.gen(function* () {
      const run = Command.runWith(command, { version: "test" })
      const done = Result.isSuccess(yield* Effect.result(run(words)))
      const out = linesOf(yield* TestConsole.logLines)
      return { done, out, error: linesOf(yield* TestConsole.errorLines) }
    }).pipe(
      Effect.provideService(Logger.LogToStderr, true),
      Effect.provideService(References.MinimumLogLevel, "Warn"),
      Effect.provide([TestConsole.layer, NodeServices.layer])
    )
