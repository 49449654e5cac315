import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"

export interface Double<Command, Reading> {
  readonly port: number
  readonly tell: (command: Command) => Promise<Reading>
}

const next = async <A>(child: ChildProcess): Promise<A> => {
  const [message] = await once(child, "message")
  return message
}

/** Runs a server as a process until the scope ends. */
export const startDouble = <Command, Reading>(script: URL) =>
  Effect.gen(function* () {
    const child = yield* Effect.acquireRelease(
      Effect.sync(() =>
        fork(fileURLToPath(script), { stdio: ["ignore", "ignore", "inherit", "ipc"] })
      ),
      (running) => Effect.sync(() => running.kill())
    )
    const { port } = yield* Effect.promise(() => next<{ readonly port: number }>(child))
    return {
      port,
      tell: (command) => {
        const reading = next<Reading>(child)
        child.send(command as object)
        return reading
      }
    } satisfies Double<Command, Reading>
  })
