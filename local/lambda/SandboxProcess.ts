import { type ChildProcess, spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import { environmentOf, type FunctionDefinition, nodeFlags } from "./FunctionDefinition.ts"
import type { Signal } from "./RuntimeApi.ts"

const bootstrapPath = fileURLToPath(new URL("./bootstrap.mjs", import.meta.url))

/** Holds the host's end of a pipe: when the host is gone, however it went, the group is killed. */
const guardScript = 'read -r _; kill -s KILL -- "-$0"'

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
  /** Holds the ids of the living processes of all sandboxes of a function. */
  readonly processIds: Set<number>
}

const isAlive = (child: ChildProcess): boolean =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null

/** Signals the process and whatever it started; a process that has just ended is not an error. */
const signalGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid === undefined || !isAlive(child)) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // It ended between the check and the call; its exit is on the way.
  }
}

const launch = (options: SandboxProcessOptions): ChildProcess => {
  const { definition, onLine, processIds, runtimeApi, logStreamName, signals } = options
  const env = environmentOf(definition, { runtimeApi, logStreamName })
  const child = spawn(process.execPath, [...nodeFlags(definition), bootstrapPath], {
    cwd: env.LAMBDA_TASK_ROOT,
    // A group of its own: an interrupt from the terminal is for the host alone.
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
  const guard = spawn("/bin/sh", ["-c", guardScript, String(pid)], {
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
 * One function process, from its start to the end of the scope, which also ends a frozen one.
 *
 * Freezing stops the whole group with SIGSTOP, as Lambda freezes a sandbox: timers and sockets
 * stand still, the peers of a kept-alive socket do not, and both catch up at the thaw.
 */
export const start = (options: SandboxProcessOptions) =>
  Effect.acquireRelease(
    Effect.sync(() => launch(options)),
    end
  ).pipe(
    Effect.map(
      (child): SandboxProcess => ({
        isAlive: () => isAlive(child),
        freeze: () => signalGroup(child, "SIGSTOP"),
        thaw: () => signalGroup(child, "SIGCONT")
      })
    )
  )
