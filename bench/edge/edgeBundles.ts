/** The measured Workers, all built with our settings. */
import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { type Bundle, workerSettings } from "../../infra/bundles.ts"
import { readKnowledge } from "../../infra/readKnowledge.ts"

const entries = {
  ours: "src/programs/edge/main.ts",
  oursWithoutSearch: "src/programs/edge/main.ts",
  twin: "bench/edge/twinWorker.ts",
  own: "bench/edge/ownWorker.ts",
  wrapped: "bench/edge/wrappedWorker.ts",
  streaming: "bench/edge/streamingWorker.ts",
  streamingWrapped: "bench/edge/streamingWrappedWorker.ts",
  bare: "bench/edge/references/bareWorker.ts",
  honoAndSdk: "bench/edge/references/honoWorker.ts"
} as const
export type Name = keyof typeof entries

const noSearch = fileURLToPath(new URL("references/noSearch.ts", import.meta.url))

const bundleWorker = async (
  name: Name,
  folder: string,
  knowledge: ReturnType<typeof readKnowledge>
): Promise<Bundle> => {
  const file = `${folder}/${name}-${knowledge.length}.mjs`
  const { outputFiles } = await build({
    ...workerSettings,
    define: { KNOWLEDGE_SECTIONS: JSON.stringify(knowledge) },
    sourcemap: false,
    alias: name === "oursWithoutSearch" ? { minisearch: noSearch } : {},
    entryPoints: [entries[name]],
    outfile: file
  })
  const contents = outputFiles[0]?.contents ?? new Uint8Array()
  writeFileSync(file, contents)
  return { file, minified: contents.length, gzipped: gzipSync(contents).length }
}

/** An empty knowledge base leaves the weight of the code alone. */
export const bundleWorkers = async (folder: string, knowledge = readKnowledge()) => {
  const names = Object.keys(entries) as ReadonlyArray<Name>
  const bundles = await Promise.all(names.map((name) => bundleWorker(name, folder, knowledge)))
  return Object.fromEntries(names.map((name, at) => [name, bundles[at]])) as Record<Name, Bundle>
}
