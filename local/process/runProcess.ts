import type * as NodeServices from "@effect/platform-node/NodeServices"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { inOneLine, runCommandLine } from "../../cli/runCommandLine.ts"
import { untilParentEnds } from "./untilParentEnds.ts"

/** The flag that every process of the local system has. */
export const portFlag = Flag.Int("port").pipe(
  Flag.withDescription("0 = any free port"),
  Flag.withDefault(0)
)

export interface Started {
  readonly endpoint: string
  /** Ends when what was started has ended by itself; never by default. */
  readonly ended?: Effect.Effect<void>
}

type Requirements = Scope.Scope | Layer.Success<typeof NodeServices.layer>

/**
 * Runs one process of the local system: starts it, prints `{"listening": url}` for a supervisor or
 * a person, and stops with its parent, on a signal, or when what it started has ended. What keeps
 * it from starting is the last line that it prints.
 */
export const runProcess = <const Flags extends Command.Command.Config>(
  name: string,
  flags: Flags,
  start: (
    input: Command.Command.Config.Infer<Flags>
  ) => Effect.Effect<Started, { readonly message: string }, Requirements>
): void => {
  const command = Command.make(name, flags, (input) =>
    start(input).pipe(
      Effect.tap(({ endpoint }) => Console.log(JSON.stringify({ listening: endpoint }))),
      Effect.flatMap(({ ended = Effect.never }) => Effect.raceFirst(untilParentEnds, ended)),
      Effect.scoped,
      inOneLine
    )
  )
  runCommandLine(command, "1.0.0")
}
