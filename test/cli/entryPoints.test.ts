/** Starts every command of package.json that has flags, and each only as far as its flags. */
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import manifest from "../../package.json" with { type: "json" }
import { outcomeOf } from "../local/lambda/fixtures/processes.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

const flagless = [
  "postinstall",
  "build",
  "test",
  "check",
  "check:types",
  "check:lint",
  "check:unused",
  "format"
]

const commands = Object.entries(manifest.scripts).filter(([name]) => !flagless.includes(name))

describe("a wrong flag", () => {
  for (const [name, script] of commands) {
    it.live(
      `ends npm run ${name} with 2`,
      () =>
        Effect.gen(function* () {
          const words = script.replace(/^.*&& node /, "").split(" ")
          const child = spawn(process.execPath, [...words, "--no-such-flag"], {
            cwd: root,
            stdio: ["ignore", "pipe", "pipe"]
          })
          const { code, error } = yield* outcomeOf(child)
          assert.include(error, "--no-such-flag")
          assert.strictEqual(code, 2)
        }),
      60_000
    )
  }
})
