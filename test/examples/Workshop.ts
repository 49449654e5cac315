/**
 * A folder outside of git that holds the examples with their real packages. They are installed on
 * demand and kept; all examples share them, so examples share versions too.
 */
import { execFile } from "node:child_process"
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from "node:fs"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { writePackage } from "./package.ts"

const run = promisify(execFile)
const examples = fileURLToPath(new URL("../../examples", import.meta.url))

/** The examples with packages of their own; all others are parts of the project. */
export const guides: ReadonlyArray<string> = readdirSync(examples).filter((name) =>
  existsSync(join(examples, name, "package.json"))
)

/** Lies in the installed packages, so that `npm ci` clears it. */
export const workshop = fileURLToPath(
  new URL("../../node_modules/.cache/examples", import.meta.url)
)

export const folderOf = (guide: string): string => join(workshop, guide)

type Versions = Readonly<Record<string, string>>

/** The packages that an example names. */
export const packagesOf = (guide: string): Versions =>
  JSON.parse(readFileSync(join(examples, guide, "package.json"), "utf8")).dependencies

const allPackages = (): Versions => {
  const all = new Map<string, string>()
  for (const guide of guides) {
    const { "cv-analytics": _, ...versions } = packagesOf(guide)
    for (const [name, version] of Object.entries(versions)) {
      const other = all.get(name) ?? version
      if (other !== version) throw new Error(`${guide} has ${name} ${version}, another ${other}`)
      all.set(name, version)
    }
  }
  return Object.fromEntries(all)
}

const copyGuides = (): void => {
  for (const guide of guides) {
    rmSync(folderOf(guide), { recursive: true, force: true })
    cpSync(join(examples, guide), folderOf(guide), {
      recursive: true,
      filter: (path) => !["node_modules", ".wrangler", ".dev.vars"].includes(basename(path))
    })
  }
}

/** Copies the examples, and installs the packages unless they are there. */
export const openWorkshop = async (): Promise<void> => {
  mkdirSync(workshop, { recursive: true })
  copyGuides()
  const manifest = JSON.stringify({ private: true, type: "module", dependencies: allPackages() })
  const installed = join(workshop, "installed.json")
  if (existsSync(installed) && readFileSync(installed, "utf8") === manifest) return
  rmSync(installed, { force: true })
  writeFileSync(join(workshop, "package.json"), manifest)
  const silent = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
  await run("npm", ["install", "--ignore-scripts", ...silent], { cwd: workshop })
  writeFileSync(installed, manifest)
}

/** The package as it is built, or one that leaves the Worker as it is. */
export type Variant = "around" | "alone"

const nothing = `
export const withAnalytics = (worker) => worker
export const record = async () => {}
export const drainOutbox = async () => {}
export const feedback = async () => new Response(null, { status: 404 })
`

/** Makes this variant the one that the examples import. */
export const place = async (variant: Variant): Promise<void> => {
  const folder = join(workshop, "node_modules/cv-analytics")
  rmSync(folder, { recursive: true, force: true })
  if (variant === "around") return writePackage(folder)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", main: "index.js" }))
  writeFileSync(join(folder, "index.js"), nothing)
}
