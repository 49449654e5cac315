/**
 * Goal: a Worker in TypeScript takes the analytics by one import and one call.
 * Method: wrangler bundles the example, and Cloudflare's template types a Worker.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, assert, describe, it } from "@effect/vitest"

const root = fileURLToPath(new URL("../../", import.meta.url))
const example = join(root, "examples/existing-worker")
const folder = mkdtempSync(join(tmpdir(), "existing-worker-"))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (script: string, ...args: ReadonlyArray<string>) => {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [join(root, "node_modules", script), ...args],
    {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: "", HOME: folder, WRANGLER_SEND_METRICS: "false" }
    }
  )
  return { status, stdout, stderr }
}

const wrangler = (...args: ReadonlyArray<string>) =>
  run("wrangler/bin/wrangler.js", ...args, `--config=${join(example, "wrangler.jsonc")}`)

/** A Worker with a handler that uses Cloudflare's own types, and a second handler. */
const worker = `
import { withAnalytics } from "${root}src/programs/recorder/main.ts"

export default withAnalytics({
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const { message } = await request.json<{ message: string }>()
    context.passThroughOnException()
    return Response.json({ answer: env.BOT_NAME + message + request.cf?.country })
  },
  async scheduled(controller: ScheduledController, env: Env) {
    controller.noRetry()
  }
}) satisfies ExportedHandler<Env>
`

/** The options of Cloudflare's template, and the one that an import of TypeScript needs. */
const compilerOptions = {
  target: "es2024",
  lib: ["es2024"],
  module: "es2022",
  moduleResolution: "Bundler",
  strict: true,
  skipLibCheck: true,
  isolatedModules: true,
  noEmit: true,
  types: [],
  allowImportingTsExtensions: true
}

describe("A Worker that existed before", () => {
  it("is bundled by wrangler with the analytics around it, without a warning", () => {
    const { status, stderr, stdout } = wrangler("deploy", "--dry-run", `--outdir=${folder}/out`)
    assert.deepStrictEqual({ status, stderr }, { status: 0, stderr: "" })
    assert.include(stdout, "env.CV_ANALYTICS_QUEUE_URL")
  }, 60_000)

  it("is typed by Cloudflare's types, whatever its handlers expect of the platform", () => {
    assert.strictEqual(wrangler("types", join(folder, "cloudflare.d.ts")).status, 0)
    writeFileSync(join(folder, "worker.ts"), worker)
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["cloudflare.d.ts", "worker.ts"] })
    )
    const { status, stdout } = run("typescript/bin/tsc", "-p", folder)
    assert.deepStrictEqual({ status, stdout }, { status: 0, stdout: "" })
  }, 60_000)
})
