import type * as NodeServices from "@effect/platform-node/NodeServices"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { inOneLine, runCommandLine } from "../../cli/runCommandLine.ts"
import { version } from "../../src/runtime/version.ts"

/** The flag that every process of the local system has. */
export const portFlag = Flag.Int("port").pipe(
  Flag.withDescription("0 = any free port"),
  Flag.withDefault(0)
)

export interface Started {
  readonly endpoint: string
  /** Ends when the started program has ended by itself; never by default. */
  readonly ended?: Effect.Effect<void>
}

/** Ends with the supervisor, even by `kill -9`, which closes the channel. Shells have none. */
const untilParentEnds = Effect.callback<void>((resume) => {
  if (process.send === undefined) return
  if (!process.connected) return resume(Effect.void)
  const onDisconnect = (): void => resume(Effect.void)
  process.once("disconnect", onDisconnect)
  // A listener keeps the channel, and with it the process, alive after all else has ended.
  return Effect.sync(() => void process.off("disconnect", onDisconnect))
})

/**
 * Runs one process of the local system: prints `{"listening": url}` when it has started, and stops
 * with its parent, on a signal, or when the program ends. An error is the last line that it prints.
 */
export const runProcess = <const Flags extends Command.Command.Config>(
  name: string,
  flags: Flags,
  start: (
    input: Command.Command.Config.Infer<Flags>
  ) => Effect.Effect<Started, { readonly message: string }, Scope.Scope | NodeServices.NodeServices>
): void => {
  const command = Command.make(name, flags, (input) =>
    start(input).pipe(
      Effect.tap(({ endpoint }) => Console.log(JSON.stringify({ listening: endpoint }))),
      Effect.flatMap(({ ended = Effect.never }) => Effect.raceFirst(untilParentEnds, ended)),
      Effect.scoped,
      inOneLine
    )
  )
  runCommandLine(command, version)
}
