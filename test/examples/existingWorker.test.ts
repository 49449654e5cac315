/**
 * Goal: a Worker in TypeScript takes the analytics by one import and one call.
 * Method: wrangler bundles the example beside the installed package, and types the Worker.
 */
import { cpSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { makeProject, root, runScript } from "../package/OwnersProject.ts"

class Project extends Context.Service<Project, string>()("test/ExistingWorker") {
  static readonly layer = Layer.effect(
    Project,
    Effect.tap(makeProject(), (folder) =>
      Effect.sync(() => cpSync(join(root, "examples/existing-worker"), folder, { recursive: true }))
    )
  )
}

const wrangler = (folder: string, ...args: ReadonlyArray<string>) =>
  runScript(folder, "node_modules/wrangler/bin/wrangler.js", ...args)

/** The options of Cloudflare's template. */
const compilerOptions = {
  target: "es2024",
  lib: ["es2024"],
  module: "es2022",
  moduleResolution: "Bundler",
  strict: true,
  skipLibCheck: true,
  isolatedModules: true,
  noEmit: true,
  types: ["./worker-configuration.d.ts"]
}

layer(Project.layer, { excludeTestServices: true })("A Worker that existed before", (it) => {
  it.effect(
    "is bundled by wrangler with the analytics around it, without a warning",
    () =>
      Effect.gen(function* () {
        const folder = yield* Project
        const { stdout, ...ended } = yield* wrangler(folder, "deploy", "--dry-run", "--outdir=out")
        assert.deepStrictEqual(ended, { code: 0, stderr: "" })
        assert.include(stdout, "env.CV_ANALYTICS_QUEUE_URL")
      }),
    60_000
  )

  it.effect(
    "is typed by what wrangler writes for it",
    () =>
      Effect.gen(function* () {
        const folder = yield* Project
        assert.strictEqual((yield* wrangler(folder, "types")).code, 0)
        writeFileSync(
          join(folder, "tsconfig.json"),
          JSON.stringify({ compilerOptions, files: ["worker.ts"] })
        )
        const said = yield* runScript(folder, "node_modules/typescript/bin/tsc", "-p", folder)
        assert.deepStrictEqual(said, { code: 0, stdout: "", stderr: "" })
      }),
    60_000
  )
})
