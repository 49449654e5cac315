import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { type Bundle, lambdaSettings } from "../../infra/bundles.ts"

/** The defaults of esbuild for Node: packages' main files, and every credential provider. */
const { alias: _, mainFields: __, ...usualSettings } = lambdaSettings

export const settings = { usual: usualSettings, ours: lambdaSettings } as const

/** Bundles a processor of this folder, with the usual settings or with ours. */
export const bundleReference = async (
  name: string,
  folder: string,
  kind: keyof typeof settings
): Promise<Bundle> => {
  const file = `${folder}/${name}-${kind}.mjs`
  await build({
    ...settings[kind],
    entryPoints: [`bench/processor/${name}.ts`],
    outfile: file,
    write: true
  })
  const bytes = readFileSync(file)
  return { file, minified: bytes.length, gzipped: gzipSync(bytes).length }
}
