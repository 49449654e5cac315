/** Builds the three bundles and the page, which are deployed and run locally alike. */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { basename, dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { build, type OutputFile } from "esbuild"
import { readKnowledge } from "./readKnowledge.ts"

/** The written bundles, and the scripts of the page. */
export const bundles = {
  edge: "dist/edge/main.js",
  page: "dist/edge/page/chat.js",
  feedback: "dist/edge/page/feedback.js",
  processor: "dist/processor/main.mjs",
  reporter: "dist/reporter/main.mjs"
} as const

export const root = fileURLToPath(new URL("../", import.meta.url))

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
 * The settings of every Lambda bundle. ES modules of packages are preferred, because their unused
 * code can be dropped; otherwise, and with all credential providers, a bundle is twice as large.
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
  outfile: bundles[name]
})

/** The settings of a Worker's bundle. */
export const workerSettings = {
  ...shared,
  platform: "browser" as const,
  conditions: ["workerd", "worker", "browser"]
}

const edge = () => ({
  ...workerSettings,
  entryPoints: ["src/programs/edge/main.ts"],
  outfile: bundles.edge,
  define: { KNOWLEDGE_SECTIONS: JSON.stringify(readKnowledge()) }
})

const browserSettings = { ...shared, sourcemap: false, platform: "browser" as const }

const chat = () => ({
  ...browserSettings,
  entryPoints: ["examples/cv-chatbot/page/main.ts"],
  outfile: bundles.page
})

/** The buttons for votes, which our page and the package have alike. */
export const feedback = () => ({
  ...browserSettings,
  entryPoints: ["src/programs/feedback/main.ts"],
  outfile: bundles.feedback
})

/** The page's other files, which are copied. */
const pageFiles = () => {
  const folder = `${root}examples/cv-chatbot/page/`
  return readdirSync(folder)
    .filter((name) => !name.endsWith(".ts"))
    .map((name) => ({
      path: `${root}dist/edge/page/${name}`,
      contents: readFileSync(`${folder}${name}`)
    }))
}

/** Lies beside the bundle as beside its source, so that one relative address finds it. */
const wordTable = () => ({
  path: `${root}${dirname(bundles.reporter)}/meaning/wordVectors.gz`,
  contents: readFileSync(`${root}src/layers/meaning/wordVectors.gz`)
})

/**
 * Renames each file into place, so that a running system never loads half of it. The unfinished
 * file lies outside of the page's folder, because every file in that folder is served.
 */
export const writeWhole = ({ contents, path }: Pick<OutputFile, "contents" | "path">): void => {
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

/** Writes the bundles, their source maps and the page to `dist/`, and returns the sizes. */
export const buildBundles = async (): Promise<ReadonlyArray<Bundle>> => {
  const targets = [edge(), chat(), feedback(), lambda("processor"), lambda("reporter")]
  const built = await Promise.all(targets.map((target) => build(target)))
  for (const { outputFiles } of built) outputFiles.forEach(writeWhole)
  for (const file of [...pageFiles(), wordTable()]) writeWhole(file)
  return targets.map(({ outfile }) => {
    const bytes = readFileSync(`${root}${outfile}`)
    return { file: outfile, minified: bytes.length, gzipped: gzipSync(bytes).length }
  })
}
