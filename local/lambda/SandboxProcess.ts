import { type ChildProcess, spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import { guardArguments, signalGroup } from "../process/processGroup.ts"
import { environmentOf, type FunctionDefinition, nodeFlags } from "./FunctionDefinition.ts"
import type { Signal } from "./RuntimeApi.ts"

const bootstrapPath = fileURLToPath(new URL("./bootstrap.mjs", import.meta.url))

export interface SandboxProcess {
  readonly isAlive: () => boolean
  readonly freeze: () => void
  readonly thaw: () => void
}

export interface SandboxProcessOptions {
  readonly definition: FunctionDefinition
  readonly runtimeApi: string
  readonly logStreamName: string
  readonly signals: Queue.Enqueue<Signal>
  readonly onLine: (line: string) => void
  /** The ids of the living processes of all sandboxes of a function. */
  readonly processIds: Set<number>
}

const isAlive = (child: ChildProcess): boolean =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null

const launch = (options: SandboxProcessOptions): ChildProcess => {
  const { definition, onLine, processIds, runtimeApi, logStreamName, signals } = options
  const env = environmentOf(definition, { runtimeApi, logStreamName })
  const child = spawn(process.execPath, [...nodeFlags(definition), bootstrapPath], {
    cwd: env.LAMBDA_TASK_ROOT,
    // In another group, because an interrupt from the terminal is for the host alone.
    detached: true,
    env,
    stdio: ["ignore", "pipe", "pipe"]
  })
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", onLine)
  const refuse = ({ message }: Error): void => {
    const error = { errorType: "Runtime.InvalidEntrypoint", errorMessage: message }
    Queue.offerUnsafe(signals, { _tag: "InitFailed", error })
  }
  child.once("error", refuse)
  const { pid } = child
  if (pid === undefined) return child
  const guard = spawn("/bin/sh", guardArguments(pid), {
    detached: true,
    env: {},
    stdio: ["pipe", "ignore", "ignore"]
  })
  guard.once("error", refuse)
  processIds.add(pid)
  child.once("exit", (exitCode, signal) => {
    guard.kill("SIGKILL")
    processIds.delete(pid)
    Queue.offerUnsafe(signals, { _tag: "Exited", exitCode, signal })
  })
  return child
}

const end = (child: ChildProcess): Effect.Effect<void> =>
  Effect.callback((resume) => {
    if (!isAlive(child)) return resume(Effect.void)
    child.once("exit", () => resume(Effect.void))
    signalGroup(child, "SIGKILL")
  })

/**
 * One function process, until the scope ends it, frozen or not. Freezing stops the whole group, as
 * Lambda freezes a sandbox: timers and sockets stand still and catch up at the thaw.
 */
export const start = (options: SandboxProcessOptions) =>
  Effect.acquireRelease(
    Effect.sync(() => launch(options)),
    end
  ).pipe(
    Effect.map(
      (child): SandboxProcess => ({
        isAlive: () => isAlive(child),
        freeze: () => isAlive(child) && signalGroup(child, "SIGSTOP"),
        thaw: () => isAlive(child) && signalGroup(child, "SIGCONT")
      })
    )
  )
