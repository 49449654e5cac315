/** Bundles an example by wrangler, as its owner does. */
import { execFile } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { folderOf, packagesOf, type Variant, workshop } from "./Workshop.ts"

const run = promisify(execFile)
const wrangler = fileURLToPath(
  new URL("../../node_modules/wrangler/bin/wrangler.js", import.meta.url)
)

/** Runs wrangler in a folder of the workshop, without the login of whoever runs the check. */
export const runWrangler = (folder: string, ...args: ReadonlyArray<string>) =>
  run(process.execPath, [wrangler, ...args], {
    cwd: folder,
    env: { PATH: "", HOME: workshop, CI: "true", NO_COLOR: "1", WRANGLER_SEND_METRICS: "false" }
  })

/** Wrangler makes a Worker of the functions of a Pages project. */
const isPages = (guide: string): boolean => existsSync(join(folderOf(guide), "functions"))

/** Returns the script with the variant that is placed. */
export const bundle = async (guide: string, variant: Variant): Promise<string> => {
  const folder = folderOf(guide)
  const out = join(folder, `bundle-${variant}`)
  const build = isPages(guide) ? ["pages", "functions", "build"] : ["deploy", "--dry-run"]
  await runWrangler(folder, ...build, `--outdir=${out}`, `--metafile=${out}/meta.json`)
  return readFileSync(join(out, isPages(guide) ? "index.js" : "worker.js"), "utf8")
}

interface Metafile {
  readonly inputs: Readonly<Record<string, Input>>
}

interface Input {
  readonly imports: ReadonlyArray<{ readonly original?: string }>
}

const packageIn = (specifier: string): string =>
  specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/")

/** Imports of the example's files that its `package.json` does not name. */
export const strayImports = (guide: string): ReadonlyArray<string> => {
  const text = readFileSync(join(folderOf(guide), "bundle-around/meta.json"), "utf8")
  const { inputs }: Metafile = JSON.parse(text)
  const named = Object.keys(packagesOf(guide))
  return Object.entries(inputs)
    .filter(([path]) => /^(?:worker\.ts|functions\/)/.test(path))
    .flatMap(([, { imports }]) => imports.map(({ original = "" }) => original))
    .filter((specifier) => specifier !== "" && !/^(?:\.|cloudflare:|node:)/.test(specifier))
    .filter((specifier) => !named.includes(packageIn(specifier)))
}
