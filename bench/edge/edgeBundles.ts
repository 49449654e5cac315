/** The Workers that are measured, all built with the settings of ours. */

import { writeFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { type Bundle, workerSettings } from "../../infra/bundles.ts"
import { readKnowledge } from "../../infra/readKnowledge.ts"

const entries = {
  ours: "src/programs/edge/main.ts",
  oursWithSdk: "src/programs/edge/main.ts",
  twin: "bench/edge/twinWorker.ts",
  bare: "bench/edge/references/bareWorker.ts",
  honoAndSdk: "bench/edge/references/honoWorker.ts"
} as const
export type Name = keyof typeof entries

const sdk = new URL("references/AwsClient.ts", import.meta.url).pathname

export interface Contents {
  readonly bundle: Bundle
  /** Minified bytes by the file that they come from. */
  readonly bytesByFile: Readonly<Record<string, number>>
}

export const bundleWorker = async (
  name: Name,
  folder: string,
  knowledge = readKnowledge()
): Promise<Contents> => {
  const file = `${folder}/${name}-${knowledge.length}.mjs`
  const { metafile, outputFiles } = await build({
    ...workerSettings,
    define: { KNOWLEDGE_SECTIONS: JSON.stringify(knowledge) },
    sourcemap: false,
    alias: name === "oursWithSdk" ? { aws4fetch: sdk } : {},
    metafile: true,
    entryPoints: [entries[name]],
    outfile: file
  })
  const [output] = outputFiles
  const [inputs] = Object.values(metafile.outputs).map((one) => one.inputs)
  if (output === undefined || inputs === undefined) throw new Error(`${name} has no bundle`)
  writeFileSync(file, output.contents)
  return {
    bundle: {
      file,
      minified: output.contents.length,
      gzipped: gzipSync(output.contents).length
    },
    bytesByFile: Object.fromEntries(
      Object.entries(inputs).map(([path, { bytesInOutput }]) => [path, bytesInOutput])
    )
  }
}
