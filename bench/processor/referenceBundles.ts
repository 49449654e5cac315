import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { type Bundle, lambdaSettings } from "../../infra/bundles.ts"

/** Bundles a processor of this folder with just the settings of the deployed one. */
export const bundleReference = async (name: string, folder: string): Promise<Bundle> => {
  const file = `${folder}/${name}.mjs`
  await build({
    ...lambdaSettings,
    entryPoints: [`bench/processor/${name}.ts`],
    outfile: file,
    write: true
  })
  const bytes = readFileSync(file)
  return { file, minified: bytes.length, gzipped: gzipSync(bytes).length }
}
