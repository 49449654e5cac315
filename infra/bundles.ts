/** The three bundles and the page that are deployed, and run locally as they are. */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { basename, dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { build, type OutputFile } from "esbuild"
import { readKnowledge } from "./readKnowledge.ts"

const root = fileURLToPath(new URL("../", import.meta.url))

const shared = {
  bundle: true,
  minify: true,
  sourcemap: true,
  format: "esm",
  target: "es2023",
  legalComments: "none",
  logLevel: "warning",
  absWorkingDir: root,
  write: false
} as const

/** Some packages still call `require` for Node's own modules, which an ES module does not have. */
const requireShim =
  'import { createRequire as __cr } from "node:module"; const require = __cr(import.meta.url);'

/**
 * What every Lambda bundle is built with. Packages' ES modules are preferred, because they can be
 * shaken; without that and with all credential providers a bundle is almost twice as large.
 */
export const lambdaSettings = {
  ...shared,
  platform: "node" as const,
  mainFields: ["module", "main"],
  alias: { "@aws-sdk/credential-provider-node": `${root}infra/environmentCredentials.ts` },
  banner: { js: requireShim }
}

const lambda = (name: "processor" | "reporter") => ({
  ...lambdaSettings,
  entryPoints: [`src/programs/${name}/main.ts`],
  outfile: `dist/${name}/main.mjs`
})

/** What a Worker's bundle is built with. */
export const workerSettings = {
  ...shared,
  platform: "browser" as const,
  conditions: ["workerd", "worker", "browser"]
}

const edge = () => ({
  ...workerSettings,
  entryPoints: ["src/programs/edge/main.ts"],
  outfile: "dist/edge/main.js",
  define: { KNOWLEDGE_SECTIONS: JSON.stringify(readKnowledge()) }
})

const chat = () => ({
  ...shared,
  sourcemap: false,
  entryPoints: ["src/programs/edge/page/main.ts"],
  outfile: "dist/edge/page/chat.js",
  platform: "browser" as const
})

/** What the page has beside its script, as it is. */
const pageFiles = () => {
  const folder = `${root}src/programs/edge/page/`
  return readdirSync(folder)
    .filter((name) => !name.endsWith(".ts"))
    .map((name) => ({
      path: `${root}dist/edge/page/${name}`,
      contents: readFileSync(`${folder}${name}`)
    }))
}

/**
 * Renamed into place, so that a running system never loads half of a file; and not from beside it,
 * where all that lies in the page's folder would be served.
 */
const writeWhole = ({ contents, path }: Pick<OutputFile, "contents" | "path">): void => {
  mkdirSync(dirname(path), { recursive: true })
  const unfinished = `${root}dist/${basename(dirname(path))}.${basename(path)}.${process.pid}`
  writeFileSync(unfinished, contents)
  renameSync(unfinished, path)
}

/** Sizes in bytes. */
export interface Bundle {
  readonly file: string
  readonly minified: number
  readonly gzipped: number
}

/** Writes the bundles with their source maps and the page to `dist/`; answers what each weighs. */
export const buildBundles = async (): Promise<ReadonlyArray<Bundle>> => {
  const targets = [edge(), chat(), lambda("processor"), lambda("reporter")]
  const built = await Promise.all(targets.map((target) => build(target)))
  for (const { outputFiles } of built) outputFiles.forEach(writeWhole)
  pageFiles().forEach(writeWhole)
  return targets.map(({ outfile }) => {
    const bytes = readFileSync(`${root}${outfile}`)
    return { file: outfile, minified: bytes.length, gzipped: gzipSync(bytes).length }
  })
}
