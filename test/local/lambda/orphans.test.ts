/**
 * Goal: a host that dies without cleaning up leaves no function process.
 * Method: a second host process with a frozen and a running sandbox is killed, or crashes.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { isRunning, until } from "./fixtures/processes.ts"

const hostPath = fileURLToPath(new URL("./fixtures/doomedHost.ts", import.meta.url))

const startHost = Effect.acquireRelease(
  Effect.sync(() => spawn(process.execPath, [hostPath], { stdio: ["pipe", "pipe", "ignore"] })),
  (host) => Effect.sync(() => void host.kill("SIGKILL"))
)

const firstLine = (host: ChildProcess) =>
  Effect.callback<string>((resume) => {
    if (host.stdout === null) return resume(Effect.die("a host without output"))
    createInterface({ input: host.stdout }).once("line", (line) => resume(Effect.succeed(line)))
  })

const deaths: ReadonlyArray<[string, (host: ChildProcess) => void]> = [
  ["is killed", (host) => void host.kill("SIGKILL")],
  ["crashes", (host) => void host.stdin?.write("now\n")]
]

describe("a host that", () => {
  for (const [how, die] of deaths) {
    it.live(`${how} leaves no process, frozen or running`, () =>
      Effect.gen(function* () {
        const host = yield* startHost
        const processIds = JSON.parse(yield* firstLine(host)) as ReadonlyArray<number>
        assert.strictEqual(processIds.length, 2)
        assert.isTrue(processIds.every(isRunning))
        die(host)
        yield* until(() => !processIds.some(isRunning))
      })
    )
  }
})
