/** The Workers that are measured, all built with the settings of ours. */

import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { type Bundle, workerSettings } from "../../infra/bundles.ts"
import { readKnowledge } from "../../infra/readKnowledge.ts"

const entries = {
  ours: "src/programs/edge/main.ts",
  oursWithSdk: "src/programs/edge/main.ts",
  oursWithoutSearch: "src/programs/edge/main.ts",
  twin: "bench/edge/twinWorker.ts",
  own: "bench/edge/ownWorker.ts",
  wrapped: "bench/edge/wrappedWorker.ts",
  bare: "bench/edge/references/bareWorker.ts",
  honoAndSdk: "bench/edge/references/honoWorker.ts"
} as const
export type Name = keyof typeof entries

const pathOf = (name: string) => fileURLToPath(new URL(`references/${name}`, import.meta.url))

/** What takes whose place. */
const aliases: { readonly [N in Name]?: Readonly<Record<string, string>> } = {
  oursWithSdk: { aws4fetch: pathOf("AwsClient.ts") },
  oursWithoutSearch: { minisearch: pathOf("noSearch.ts") }
}

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
    alias: aliases[name] ?? {},
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
