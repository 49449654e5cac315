import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import { descendantsOf, kill, type ListedProcess, remaining } from "./processes.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

export interface Script {
  readonly processId: number
  /** Its output so far, on both streams. */
  readonly output: () => string
  readonly interrupt: Effect.Effect<void>
  readonly terminate: Effect.Effect<void>
  readonly kill: Effect.Effect<void>
  readonly ended: Effect.Effect<{ readonly code: number | null; readonly signal: string | null }>
}

/** Remembers the processes below the script, because they cannot be found after its end. */
const look = ({ child, seen }: { child: ChildProcess; seen: Array<ListedProcess> }): void => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  seen.push(...descendantsOf(child.pid))
}

/** Runs a script of the project, and ends its processes with the scope. */
export const start = Effect.fnUntraced(function* (path: string, args: ReadonlyArray<string>) {
  const started = yield* Effect.acquireRelease(
    Effect.sync(() => ({
      child: spawn(process.execPath, [path, ...args], {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"]
      }),
      seen: [] as ListedProcess[]
    })),
    (family) =>
      Effect.sync(() => {
        look(family)
        family.child.kill("SIGKILL")
        for (const { id } of remaining(family.seen)) kill(id)
      })
  )
  const { child } = started
  let text = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk) => {
      text += chunk
    })
  }
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }))
  })
  const signal = (name: NodeJS.Signals) =>
    Effect.sync(() => {
      look(started)
      child.kill(name)
    })
  return {
    processId: child.pid ?? 0,
    output: () => text,
    interrupt: signal("SIGINT"),
    terminate: signal("SIGTERM"),
    kill: signal("SIGKILL"),
    ended: Effect.promise(() => ended)
  } satisfies Script
})
