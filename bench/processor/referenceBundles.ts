import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import type { Bundle } from "../../infra/bundles.ts"

const root = new URL("../../", import.meta.url).pathname
const requireShim =
  'import { createRequire as __cr } from "node:module"; const require = __cr(import.meta.url);'

/** Bundles a processor of this folder with the settings of the deployed one. */
export const bundleReference = async (name: string, folder: string): Promise<Bundle> => {
  const file = `${folder}/${name}.mjs`
  await build({
    absWorkingDir: root,
    entryPoints: [`bench/processor/${name}.ts`],
    outfile: file,
    bundle: true,
    minify: true,
    sourcemap: true,
    format: "esm",
    target: "es2023",
    platform: "node",
    legalComments: "none",
    logLevel: "warning",
    banner: { js: requireShim }
  })
  const bytes = readFileSync(file)
  return { file, minified: bytes.length, gzipped: gzipSync(bytes).length }
}
