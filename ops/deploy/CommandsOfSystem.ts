import { fileURLToPath } from "node:url"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ChildProcess from "effect/process/ChildProcess"
import * as ChildProcessSpawner from "effect/process/ChildProcessSpawner"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { type CommandLine, Commands, toolMissing } from "./Commands.ts"
import type { Tool } from "./Tool.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

/** wrangler and Node are those of the project, whatever else is in PATH. */
const programs: Readonly<Record<Tool, string>> = {
  terraform: "terraform",
  wrangler: `${root}node_modules/.bin/wrangler`,
  node: process.execPath
}

/** The owner's settings of the tools would change the words by which failures are recognised. */
const quiet = {
  TF_IN_AUTOMATION: "1",
  // Terraform does not look at NO_COLOR
  TF_CLI_ARGS: "-no-color",
  NO_COLOR: "1",
  WRANGLER_SEND_METRICS: "false"
}

/**
 * Starts a separate process group, so that Ctrl-C reaches the tool once, through this process. A
 * second one from the terminal would make Terraform drop what it is doing. An interrupted tool is
 * waited for, however long it takes.
 */
const childOf = ({ args, environment, stdin, tool }: CommandLine) =>
  ChildProcess.make(programs[tool], [...args], {
    cwd: root,
    extendEnv: true,
    env: { ...quiet, ...environment },
    detached: true,
    killSignal: "SIGINT",
    stdin: Stream.encodeText(Stream.make(stdin === undefined ? "" : Redacted.value(stdin)))
  })

const linesOf = <E>(stream: Stream.Stream<Uint8Array, E>, shown: boolean) =>
  stream.pipe(
    Stream.decodeText(),
    Stream.splitLines,
    Stream.tap((line) => (shown ? Console.error(`  ${line}`) : Effect.void)),
    Stream.runFold(
      () => "",
      (text, line) => `${text}${line}\n`
    )
  )

/** Runs the tools of this machine, in the project's folder. */
export const layer = Layer.effect(
  Commands,
  Effect.map(ChildProcessSpawner.ChildProcessSpawner, (spawner) =>
    Commands.of({
      run: Effect.fn("Commands.run")(
        function* (command) {
          const child = yield* spawner.spawn(childOf(command))
          const shown = command.shown === true
          const [stdout, stderr, exitCode] = yield* Effect.all(
            [linesOf(child.stdout, shown), linesOf(child.stderr, shown), child.exitCode],
            { concurrency: "unbounded" }
          )
          return { stdout, stderr, exitCode }
        },
        Effect.scoped,
        (effect, { tool }) => Effect.mapError(effect, () => toolMissing(tool))
      )
    })
  )
)
