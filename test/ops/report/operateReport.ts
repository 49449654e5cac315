import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import * as Result from "effect/Result"
import * as TestConsole from "effect/testing/TestConsole"
import { reportCommand } from "../../../ops/report/command.ts"

const run = Command.runWith(reportCommand, { version: "test" })

const linesOf = (lines: ReadonlyArray<unknown>): string => lines.map(String).join("\n")

/** `ops report` in this process, logging where `npm run ops` logs. */
export const operateReport = (...words: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const done = Result.isSuccess(yield* Effect.result(run(words)))
    const out = linesOf(yield* TestConsole.logLines)
    return { done, out, error: linesOf(yield* TestConsole.errorLines) }
  }).pipe(
    Effect.provideService(Logger.LogToStderr, true),
    Effect.provideService(References.MinimumLogLevel, "Warn"),
    Effect.provide([TestConsole.layer, NodeServices.layer])
  )
