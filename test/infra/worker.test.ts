/** The Worker's definition, read by wrangler itself, and the rules between its environments. */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { buildBundles } from "../../infra/bundles.ts"
import { bindings } from "../../src/programs/edge/settings.ts"
import { outboxBinding } from "../../src/programs/recorder/settings.ts"
import { worker, workerText } from "./Worker.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "wrangler-"))

beforeAll(async () => {
  await buildBundles()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A dry run of `wrangler deploy`, with its complaints about the definition. */
const dryRun = (text: string, environment: string) => {
  const config = join(folder, "wrangler.jsonc")
  writeFileSync(config, text.replaceAll('"../dist/', `"${root}dist/`))
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [
      `${root}node_modules/wrangler/bin/wrangler.js`,
      "deploy",
      "--dry-run",
      `--env=${environment}`,
      `--config=${config}`,
      `--outdir=${join(folder, "out")}`
    ],
    {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: "", HOME: folder, WRANGLER_SEND_METRICS: "false" }
    }
  )
  return { status, stdout, complaint: stderr }
}

const environments = ["", ...Object.keys(worker.env)]

describe("wrangler", () => {
  for (const environment of environments) {
    it(`takes the definition of ${environment || "production"} without a complaint`, () => {
      const { complaint, status, stdout } = dryRun(workerText, environment)
      assert.deepStrictEqual({ status, complaint }, { status: 0, complaint: "" })
      assert.include(stdout, "env.QUESTION_LIMIT")
      assert.include(stdout, "env.CV_ANALYTICS_QUEUE_URL")
    })
  }

  it("takes every binding that the program can use, once the bars before some are removed", () => {
    const { complaint, status, stdout } = dryRun(workerText.replaceAll("//| ", ""), "")
    assert.deepStrictEqual({ status, complaint }, { status: 0, complaint: "" })
    const bound = [...stdout.matchAll(/^env\.([A-Z_]+) /gm)].map(([, name]) => name!)
    assert.sameMembers(bound, [...bindings, outboxBinding, ...Object.keys(worker.vars)])
  })

  it("complains about an unknown field", () => {
    const { complaint } = dryRun(workerText.replace('"ratelimits"', '"rateLimits"'), "")
    assert.include(complaint, '"rateLimits"')
  })
})

describe("an environment", () => {
  const { env, ...production } = worker

  it("has every variable, secret and binding of production, which it does not inherit", () => {
    assert.include(Object.keys(env), "staging")
    const namesOf = ({ ratelimits, secrets, vars }: typeof production | (typeof env)[string]) => ({
      vars: Object.keys(vars),
      secrets: secrets.required,
      ratelimits: ratelimits.map(({ name }) => name)
    })
    for (const other of Object.values(env))
      assert.deepStrictEqual(namesOf(other), namesOf(production))
  })

  it("has a different name and a different rate limit", () => {
    const all = [production, ...Object.values(env)]
    assert.strictEqual(new Set(all.map(({ name }) => name)).size, all.length)
    const namespaces = all.flatMap(({ ratelimits }) =>
      ratelimits.map((limit) => limit.namespace_id)
    )
    assert.strictEqual(new Set(namespaces).size, namespaces.length)
  })
})

describe("the file", () => {
  it("holds neither a value that looks like a key nor a value for a secret", () => {
    assert.notMatch(workerText, /\bAKIA[0-9A-Z]{16}\b|[A-Za-z0-9+/]{40}/)
    for (const secret of worker.secrets.required)
      assert.notMatch(workerText, new RegExp(`"${secret}":`))
  })
})
