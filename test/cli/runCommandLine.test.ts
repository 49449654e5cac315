import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { outcomeOf } from "../local/lambda/fixtures/processes.ts"

const fixture = fileURLToPath(new URL("fixtures/commandLine.ts", import.meta.url))

const start = (...words: ReadonlyArray<string>) =>
  spawn(process.execPath, [fixture, ...words], { stdio: ["ignore", "pipe", "pipe"] })

describe("a command line", () => {
  for (const [word, code, said] of [
    ["done", 0, ""],
    ["failed", 1, "it broke"],
    ["wrong", 1, "2 things are wrong"],
    ["refused", 2, "--a and --b exclude each other"],
    ["unknown", 2, "unknown"]
  ] as const) {
    it.live(`ends with ${code} when it is ${word}, and keeps its errors out of stdout`, () =>
      Effect.gen(function* () {
        const ended = yield* outcomeOf(start(word))
        assert.strictEqual(ended.code, code)
        assert.include(ended.error, said)
        if (code !== 0) assert.strictEqual(ended.out, "")
      })
    )
  }

  it.live("ends with 130 on Ctrl-C", () =>
    Effect.gen(function* () {
      const child = start("waiting")
      child.stdout.once("data", () => child.kill("SIGINT"))
      const { code } = yield* outcomeOf(child)
      assert.strictEqual(code, 130)
    })
  )
})
