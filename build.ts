/** Writes the three bundles to `dist/`, and prints what each weighs. */
import { build } from "esbuild"
import { readdirSync, readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { parseMarkdown, type Section } from "./src/schema/KnowledgeSection.ts"

const root = new URL("./", import.meta.url).pathname

/** In sorted order, because equal scores fall back to the order of sections. */
const readSections = (): ReadonlyArray<Section> =>
  readdirSync(`${root}knowledge`)
    .filter((file) => file.endsWith(".md"))
    .sort()
    .flatMap((file) => parseMarkdown(readFileSync(`${root}knowledge/${file}`, "utf8")))

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

const edge = {
  ...shared,
  entryPoints: ["src/programs/edge/main.ts"],
  outfile: "dist/edge/main.js",
  platform: "browser" as const,
  conditions: ["workerd", "worker", "browser"],
  define: { KNOWLEDGE_SECTIONS: JSON.stringify(readSections()) }
}

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`.padStart(10)

const row = (file: string): string => {
  const bytes = readFileSync(`${root}${file}`)
  return `${file.padEnd(24)}${kilobytes(bytes.length)}${kilobytes(gzipSync(bytes).length)}`
}

const targets = [edge, lambda("processor"), lambda("reporter")]
await Promise.all(targets.map((target) => build(target)))
process.stdout.write(`${"bundle".padEnd(24)}${"minified".padStart(10)}${"gzip".padStart(10)}\n`)
for (const { outfile } of targets) process.stdout.write(`${row(outfile)}\n`)
