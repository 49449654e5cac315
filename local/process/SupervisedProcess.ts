import { type ChildProcess, spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import * as Data from "effect/Data"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { signalGroup } from "./processGroup.ts"

/** One part of the local system did not start; a process says why in its last line. */
export class NotStarted extends Data.TaggedError("NotStarted")<{
  readonly name: string
  readonly detail: string
}> {
  override get message() {
    return `${this.name} did not start: ${this.detail}`
  }
}

export const notStarted = (name: string) =>
  Effect.mapError(({ message }: Error) => new NotStarted({ name, detail: message }))

export interface SupervisedProcessOptions {
  readonly name: string
  /** Path of the script from the project's root; it prints `{"listening": url}` when ready. */
  readonly script: string
  /** Node's own flags. */
  readonly nodeFlags: ReadonlyArray<string>
  /** `--port` comes before these. */
  readonly arguments: ReadonlyArray<string>
  /** 0 = any free port, which later starts keep. */
  readonly port: number
  readonly onRestart: (reason: string) => Effect.Effect<void>
  /** Gets each line that the process prints after it is ready. */
  readonly onLine: (line: string) => Effect.Effect<void>
}

export interface SupervisedProcess {
  readonly name: string
  readonly endpoint: string
  readonly processId: Effect.Effect<number | undefined>
}

const root = fileURLToPath(new URL("../../", import.meta.url))
const Announcement = Schema.fromJsonString(Schema.Struct({ listening: Schema.String }))
const decodeAnnouncement = Schema.decodeUnknownOption(Announcement)

const living = new Set<ChildProcess>()
process.on("exit", () => {
  for (const child of living) signalGroup(child, "SIGKILL")
})

interface Running {
  readonly child: ChildProcess
  readonly ended: Deferred.Deferred<string>
  readonly listening: Deferred.Deferred<string, string>
}

const launch = (
  options: SupervisedProcessOptions,
  port: number,
  say: (line: string) => void
): Running => {
  const child = spawn(
    process.execPath,
    [...options.nodeFlags, options.script, "--port", `${port}`, ...options.arguments],
    {
      cwd: root,
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"]
    }
  )
  living.add(child)
  const ended = Deferred.makeUnsafe<string>()
  const listening = Deferred.makeUnsafe<string, string>()
  let lastWords = ""
  let announced = false
  const onLine = (line: string): void => {
    const announcement = decodeAnnouncement(line)
    if (Option.isSome(announcement)) {
      Deferred.doneUnsafe(listening, Effect.succeed(announcement.value.listening))
      announced = true
    } else if (line.trim() !== "") {
      lastWords = line.trim()
      if (announced) say(lastWords)
    }
  }
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on("line", onLine)
  }
  child.on("error", (error) => onLine(error.message))
  child.on("close", (code, signal) => {
    living.delete(child)
    signalGroup(child, "SIGKILL")
    const how = signal === null ? `exit code ${code}` : signal
    Deferred.doneUnsafe(listening, Effect.fail(lastWords === "" ? how : lastWords))
    Deferred.doneUnsafe(ended, Effect.succeed(how))
  })
  return { child, ended, listening }
}

const stop = ({ child, ended }: Running) =>
  Effect.sync(() => child.kill("SIGTERM")).pipe(
    Effect.andThen(Deferred.await(ended)),
    Effect.timeoutOption("3 seconds"),
    Effect.andThen(Effect.sync(() => signalGroup(child, "SIGKILL")))
  )

/**
 * Starts one of the local system's scripts and restarts it on the same port whenever it ends. The
 * processes of a scope end with it, in reverse order.
 */
export const supervise = Effect.fn("SupervisedProcess.supervise")(function* (
  options: SupervisedProcessOptions
) {
  const runFork = Effect.runForkWith(yield* Effect.context<never>())
  const say = (line: string): void => {
    runFork(options.onLine(line))
  }
  let running = launch(options, options.port, say)
  yield* Effect.addFinalizer(() => Effect.suspend(() => stop(running)))
  const endpoint = yield* Deferred.await(running.listening).pipe(
    Effect.mapError((detail) => new NotStarted({ name: options.name, detail }))
  )
  const port = Number(new URL(endpoint).port)
  yield* Effect.gen(function* () {
    const how = yield* Deferred.await(running.ended)
    yield* options.onRestart(how)
    running = launch(options, port, say)
    yield* Effect.exit(Deferred.await(running.listening))
    yield* Effect.sleep("100 millis")
  }).pipe(Effect.forever, Effect.forkScoped)
  return {
    name: options.name,
    endpoint,
    processId: Effect.sync(() => running.child.pid)
  } satisfies SupervisedProcess
})
