import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import { descendantsOf, kill } from "./processes.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

export interface Script {
  readonly processId: number
  /** All that it has printed so far, on either stream. */
  readonly output: () => string
  readonly interrupt: Effect.Effect<void>
  readonly kill: Effect.Effect<void>
  readonly ended: Effect.Effect<{ readonly code: number | null; readonly signal: string | null }>
}

/** Runs a script of the project; whatever the test does, its processes end with the scope. */
export const start = Effect.fnUntraced(function* (path: string, args: ReadonlyArray<string>) {
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      spawn(process.execPath, [path, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] })
    ),
    (started) =>
      Effect.sync(() => {
        if (started.pid === undefined || started.exitCode !== null) return
        const below = descendantsOf(started.pid)
        for (const { id } of [{ id: started.pid }, ...below]) kill(id)
      })
  )
  let text = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk) => {
      text += chunk
    })
  }
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }))
  })
  return {
    processId: child.pid ?? 0,
    output: () => text,
    interrupt: Effect.sync(() => void child.kill("SIGINT")),
    kill: Effect.sync(() => void child.kill("SIGKILL")),
    ended: Effect.promise(() => ended)
  } satisfies Script
})
