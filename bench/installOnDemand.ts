/** Installs packages that one measure alone needs, when it first needs them. */
import { execFile } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"

class NotInstalled extends Data.TaggedError("NotInstalled")<{ readonly message: string }> {}

/** Lies in the installed packages, so that `npm ci` clears it. */
export const folderOf = (name: string): string =>
  fileURLToPath(new URL(`../node_modules/.cache/${name}/`, import.meta.url))

const run = promisify(execFile)

const install = async (folder: string, packages: Readonly<Record<string, string>>) => {
  const manifest = JSON.stringify({ private: true, dependencies: packages })
  const done = `${folder}installed.json`
  if (existsSync(done) && readFileSync(done, "utf8") === manifest) return
  mkdirSync(folder, { recursive: true })
  rmSync(done, { force: true })
  writeFileSync(`${folder}package.json`, manifest)
  const silent = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
  await run("npm", ["install", "--ignore-scripts", ...silent], { cwd: folder })
  writeFileSync(done, manifest)
}

/** Installs exact versions into a folder of their own, once. */
export const installed = (folder: string, packages: Readonly<Record<string, string>>) =>
  Effect.tryPromise({
    try: () => install(folder, packages),
    catch: () =>
      new NotInstalled({ message: `npm could not install ${Object.keys(packages).join(", ")}` })
  })
