/** `ops dlq`: the flags that its commands share, and the installation that they name. */
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { type Installation, onInstallation } from "../installation/Installation.ts"
import { type InstallationFlags, installationFlags } from "../installation/installationFlags.ts"

export const dlq = Command.make("dlq").pipe(Command.withSharedFlags(installationFlags))

export const onDeadLetters = <A, E extends { readonly message: string }, R>(
  run: (installation: Installation, given: InstallationFlags) => Effect.Effect<A, E, R>
) => Effect.flatMap(dlq, onInstallation(run))
