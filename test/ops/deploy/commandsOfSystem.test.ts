/** The real tools' side: processes, their standard input, and how they are asked to stop. */
import { existsSync, readFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as TestConsole from "effect/testing/TestConsole"
import { type CommandLine, Commands } from "../../../ops/deploy/Commands.ts"
import * as CommandsOfSystem from "../../../ops/deploy/CommandsOfSystem.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { until } from "../../local/lambda/fixtures/processes.ts"

const run = (command: CommandLine) =>
  Effect.flatMap(Commands, (commands) => commands.run(command)).pipe(
    Effect.provide(CommandsOfSystem.layer.pipe(Layer.provide(NodeServices.layer)))
  )

const script = (source: string): CommandLine => ({
  tool: "node",
  args: ["--input-type=module", "--eval", source]
})

describe("a command", () => {
  it.live("answers with both outputs and its exit code", () =>
    Effect.gen(function* () {
      const answer = yield* run(script('console.log("out"); console.error("err"); process.exit(3)'))
      assert.deepStrictEqual(answer, { exitCode: 3, stdout: "out\n", stderr: "err\n" })
    })
  )

  it.live("gets its standard input whole, and the end of it", () =>
    Effect.gen(function* () {
      const count =
        "let n = 0; for await (const part of process.stdin) n += part.length; console.log(n)"
      const none = yield* run(script(count))
      const some = yield* run({ ...script(count), stdin: Redacted.make("s".repeat(100_000)) })
      assert.deepStrictEqual([none.stdout, some.stdout], ["0\n", "100000\n"])
    })
  )

  it.live("is shown line by line only when it is to be", () =>
    Effect.gen(function* () {
      yield* run(script('console.log("hidden")'))
      yield* run({ ...script('console.log("seen")'), shown: true })
      assert.deepStrictEqual(yield* TestConsole.errorLines, ["  seen"])
    }).pipe(Effect.provide(TestConsole.layer))
  )

  it.live("that is not installed is missing", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(
        run({ tool: "terraform", args: [], environment: { PATH: "" } })
      )
      assert.strictEqual(error.what, "terraform is not installed, or not in PATH.")
    })
  )

  it.live("is asked to stop once, and waited for, when the deployment is interrupted", () =>
    Effect.gen(function* () {
      const file = `${yield* temporaryFolder}/notes`
      const fiber = yield* Effect.forkChild(
        run(
          script(`
            import { appendFileSync } from "node:fs"
            const note = (text) => appendFileSync(${JSON.stringify(file)}, text)
            process.on("SIGTERM", () => note("terminated "))
            process.on("SIGINT", () => {
              note("interrupted ")
              setTimeout(() => { note("saved"); process.exit(1) }, 200)
            })
            setInterval(() => {}, 1000)
            note("started ")
          `)
        )
      )
      yield* until(() => existsSync(file))
      yield* Fiber.interrupt(fiber)
      assert.strictEqual(readFileSync(file, "utf8"), "started interrupted saved")
    })
  )
})
