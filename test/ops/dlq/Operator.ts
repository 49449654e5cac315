import { spawn } from "node:child_process"
import { text } from "node:stream/consumers"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as TestConsole from "effect/testing/TestConsole"
import { dlqCommand } from "../../../ops/dlq/command.ts"

const run = Command.runWith(dlqCommand, { version: "test" })

/** The flags that name a server as `npm start` runs it, whose SQS is two ports higher. */
export const localFlags = (endpoint: string) => [
  "--local",
  "--port",
  String(Number(new URL(endpoint).port) - 2)
]

/** `ops dlq` in this process: what it printed, and whether it was done. */
export const operate = (...words: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const exit = yield* Effect.exit(run(words))
    const out = (yield* TestConsole.logLines).map(String).join("\n")
    const error = (yield* TestConsole.errorLines).map(String).join("\n")
    return { out, error, done: Exit.isSuccess(exit) }
  }).pipe(Effect.provide(TestConsole.layer), Effect.provide(NodeServices.layer))

const main = new URL("../../../ops/main.ts", import.meta.url).pathname

/** `npm run ops` as a process of its own, with no credentials and no settings of this machine. */
export const startOps = (...words: ReadonlyArray<string>) => {
  const child = spawn(process.execPath, [main, ...words], {
    env: { AWS_CONFIG_FILE: "/none", AWS_EC2_METADATA_DISABLED: "true", HOME: "/none" },
    stdio: ["ignore", "pipe", "pipe"]
  })
  const ended = Effect.promise(async () => {
    const code = new Promise<number | null>((resolve) => child.once("exit", resolve))
    const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { out, error, code: await code }
  })
  return { child, ended }
}
