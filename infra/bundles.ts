/** The three bundles that are deployed, and run locally as they are. */
import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { readKnowledge } from "../local/readKnowledge.ts"

const root = new URL("../", import.meta.url).pathname

const shared = {
  bundle: true,
  minify: true,
  sourcemap: true,
  format: "esm",
  target: "es2023",
  legalComments: "none",
  logLevel: "warning",
  absWorkingDir: root
} as const

/** Some packages still call `require` for Node's own modules, which an ES module does not have. */
const requireShim =
  'import { createRequire as __cr } from "node:module"; const require = __cr(import.meta.url);'

const lambda = (name: "processor" | "reporter") => ({
  ...shared,
  entryPoints: [`src/programs/${name}/main.ts`],
  outfile: `dist/${name}/main.mjs`,
  platform: "node" as const,
  banner: { js: requireShim }
})

const edge = () => ({
  ...shared,
  entryPoints: ["src/programs/edge/main.ts"],
  outfile: "dist/edge/main.js",
  platform: "browser" as const,
  conditions: ["workerd", "worker", "browser"],
  define: { KNOWLEDGE_SECTIONS: JSON.stringify(readKnowledge()) }
})

/** Sizes in bytes. */
export interface Bundle {
  readonly file: string
  readonly minified: number
  readonly gzipped: number
}

/** Writes the bundles with their source maps to `dist/`, and answers what each weighs. */
export const buildBundles = async (): Promise<ReadonlyArray<Bundle>> => {
  const targets = [edge(), lambda("processor"), lambda("reporter")]
  await Promise.all(targets.map((target) => build(target)))
  return targets.map(({ outfile }) => {
    const bytes = readFileSync(`${root}${outfile}`)
    return { file: outfile, minified: bytes.length, gzipped: gzipSync(bytes).length }
  })
}
