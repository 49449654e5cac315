/** A project of an owner, into which npm installs the package that it has packed. */
import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import * as Effect from "effect/Effect"
import { buildPackage } from "../../infra/npmPackage.ts"

export const root = fileURLToPath(new URL("../../", import.meta.url))
const execute = promisify(execFile)

const folderOf = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "cv-analytics-package-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

const npm = (cwd: string, ...args: ReadonlyArray<string>) =>
  Effect.promise(() => execute("npm", [...args], { cwd }))

/**
 * Returns the folder of the project, which exists until the scope ends. The package is installed
 * without a network, because it has no dependency; the other packages are linked.
 */
export const makeProject = Effect.fnUntraced(function* (...others: ReadonlyArray<string>) {
  const folder = yield* folderOf
  yield* Effect.promise(buildPackage)
  const { stdout } = yield* npm(`${root}dist/package`, "pack", `--pack-destination=${folder}`)
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }))
  yield* npm(folder, "install", "--offline", "--no-audit", "--no-fund", `./${stdout.trim()}`)
  for (const name of others) {
    const link = join(folder, "node_modules", name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, "node_modules", name), link, "dir")
  }
  return folder
})

interface Ended {
  readonly code: unknown
  readonly stdout: string
  readonly stderr: string
}

/** Runs a script of the project's packages, apart from the settings of this machine. */
export const runScript = (cwd: string, script: string, ...args: ReadonlyArray<string>) =>
  Effect.promise<Ended>(() => {
    const { NODE_COMPILE_CACHE } = process.env
    const env = { PATH: "", HOME: cwd, WRANGLER_SEND_METRICS: "false", NODE_COMPILE_CACHE }
    return execute(process.execPath, [join(root, script), ...args], { cwd, env }).then(
      ({ stderr, stdout }) => ({ code: 0, stdout, stderr }),
      ({ code, stderr, stdout }: Ended) => ({ code, stdout, stderr })
    )
  })
