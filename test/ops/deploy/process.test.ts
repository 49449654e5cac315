/** `npm run deploy` as a process, which finds fake tools in PATH. */
import { spawn } from "node:child_process"
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { outcomeOf, until } from "../../local/lambda/fixtures/processes.ts"
import { settings } from "./Operator.ts"

const main = fileURLToPath(new URL("../../../ops/deploy/main.ts", import.meta.url))

const stage = Effect.gen(function* () {
  const folder = yield* temporaryFolder
  for (const tool of ["aws", "terraform"]) {
    const fixture = fileURLToPath(new URL(`fixtures/${tool}.mjs`, import.meta.url))
    writeFileSync(`${folder}/${tool}`, `#!/bin/sh\nexec "${process.execPath}" "${fixture}" "$@"\n`)
    chmodSync(`${folder}/${tool}`, 0o755)
  }
  writeFileSync(`${folder}/deploy.json`, JSON.stringify(settings))
  return { folder, notes: `${folder}/notes` }
})

/** The variables of this machine stay out, and so do its accounts. */
const start = (folder: string, path: string, ...words: ReadonlyArray<string>) => {
  const child = spawn(process.execPath, [main, ...words, "--settings", `${folder}/deploy.json`], {
    env: { PATH: path, HOME: folder, NOTES_FILE: `${folder}/notes` },
    stdio: ["pipe", "pipe", "pipe"]
  })
  child.stdin.end("cv-analytics\nno\n")
  return { child, ended: outcomeOf(child) }
}

const withNode = (folder: string) => `${folder}:${dirname(process.execPath)}`

describe("the process", () => {
  for (const [signal, sentence] of [
    ["SIGINT", "on Ctrl-C"],
    ["SIGTERM", "when it is asked to end"],
    ["SIGHUP", "when its terminal is closed"]
  ] as const) {
    it.live(
      `stops Terraform once, waits for it, and says how to go on, ${sentence}`,
      () =>
        Effect.gen(function* () {
          const { folder, notes } = yield* stage
          const path = `${withNode(folder)}:/usr/bin:/bin`
          const { child, ended } = start(folder, path, "deploy", "--only", "infra")
          yield* until(() => existsSync(notes))
          child.kill(signal)
          const { code, error } = yield* ended
          assert.strictEqual(readFileSync(notes, "utf8"), "planning\nSIGINT\nsaved\n")
          assert.include(error, "Interrupted. Done: nothing. Begun: infra. Not done: nothing.")
          assert.strictEqual(code, 130)
        }),
      60_000
    )
  }

  it.live("takes each answer from a line of standard input", () =>
    Effect.gen(function* () {
      const { folder } = yield* stage
      const words = ["destroy", "--yes", "--delete-data"]
      const { code, error } = yield* start(folder, `${withNode(folder)}:/usr/bin:/bin`, ...words)
        .ended
      assert.include(error, "You did not type delete the data.")
      assert.strictEqual(code, 1)
    })
  )

  it.live("prints a plan and ends with 0 where there is no tool and no credentials", () =>
    Effect.gen(function* () {
      const { folder } = yield* stage
      const { code, out } = yield* start(folder, "/nowhere", "deploy", "--plan").ended
      assert.include(out, "BAD   terraform: terraform is not installed")
      assert.include(out, "The plan changed nothing.")
      assert.strictEqual(code, 0)
    })
  )

  for (const [words, expected] of [
    [["deploy"], 1],
    [["deploy", "--only", "everything"], 2],
    [["deploy", "--rotate-key", "--skip-smoke"], 2],
    [["destroy"], 0],
    [["destroy", "--yes"], 1]
  ] as const) {
    it.live(`ends with ${expected} for ${words.join(" ")} without a tool`, () =>
      Effect.gen(function* () {
        const { folder } = yield* stage
        assert.strictEqual((yield* start(folder, "/nowhere", ...words).ended).code, expected)
      })
    )
  }
})
