/** What the first command says on a machine that lacks something. */

import { spawn } from "node:child_process"
import { cpSync, mkdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { temporaryFolder } from "../e2e/temporaryFolder.ts"
import { outcomeOf } from "../local/lambda/fixtures/processes.ts"

const cli = fileURLToPath(new URL("../../cli", import.meta.url))

const versions = (node: string) =>
  `data:text/javascript,Object.defineProperty(process, "versions", { value: { node: "${node}" } })`

/** A checkout with or without packages, and the version that Node says it has. */
const saidBy = (node: string, hasPackages: boolean) =>
  Effect.gen(function* () {
    const folder = yield* temporaryFolder
    for (const part of ["needs.mjs", "onDemand"]) {
      cpSync(`${cli}/${part}`, `${folder}/cli/${part}`, { recursive: true })
    }
    if (hasPackages) mkdirSync(`${folder}/node_modules/effect`, { recursive: true })
    const words = ["--import", versions(node), `${folder}/cli/needs.mjs`]
    const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] })
    return yield* outcomeOf(child)
  }).pipe(Effect.scoped)

describe("the first command", () => {
  it.live("says that npm ci comes first, whatever Node runs it", () =>
    Effect.gen(function* () {
      for (const node of ["20.19.0", "24.21.0"]) {
        const { code, error } = yield* saidBy(node, false)
        assert.strictEqual(error.trim(), "The packages are missing: run npm ci first")
        assert.strictEqual(code, 1)
      }
    })
  )

  it.live("says in one line which Node to install when npm ci fetched none", () =>
    Effect.gen(function* () {
      const { code, error } = yield* saidBy("20.19.0", true)
      assert.match(
        error,
        /^Node 24 or newer is needed, and this is 20\.19\.0: install it from https:\/\/nodejs\.org.*\n$/
      )
      assert.strictEqual(code, 1)
    })
  )

  it.live("says nothing where Node is new, though npm fetched none", () =>
    Effect.gen(function* () {
      for (const node of ["24.0.0", "26.3.1"]) {
        const { code, error } = yield* saidBy(node, true)
        assert.deepStrictEqual([code, error], [0, ""])
      }
    })
  )
})
