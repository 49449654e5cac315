/** Builds `dist/package/`, which owners of other Workers install as `cv-analytics`. */
import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { type BuildOptions, build } from "esbuild"
import { type Bundle, feedback, root, workerSettings, writeWhole } from "./bundles.ts"

const folder = "dist/package"

const read = (path: string): string => readFileSync(`${root}${path}`, "utf8")

/** Old resolvers of TypeScript know `types` at the top alone. */
const manifest = () => {
  const { description, license, name, version } = JSON.parse(read("package.json"))
  const entry = { types: "./index.d.ts", default: "./index.js" }
  return {
    name,
    version,
    description,
    license,
    type: "module",
    // a page imports the buttons for what they do alone
    sideEffects: ["./feedback.js"],
    main: entry.default,
    types: entry.types,
    exports: {
      ".": entry,
      "./feedback.js": { types: "./feedback.d.ts", default: "./feedback.js" }
    }
  }
}

/** Stays readable in stack traces, because owners minify it with the rest of their Workers. */
const moduleSettings = {
  ...workerSettings,
  entryPoints: ["src/programs/recorder/main.ts"],
  outfile: `${folder}/index.js`,
  target: "es2022",
  minify: false,
  sourcemap: false,
  metafile: true
} satisfies BuildOptions

/** The module defines an element, and has no exports. */
const feedbackTypes = "export {}\n"

/** Our licence, and those of the packages whose code the module contains. */
const licences = (files: ReadonlyArray<string>): string => {
  const packages = files.flatMap((file) => /(?<=node_modules\/)(?:@[^/]+\/)?[^/]+/.exec(file) ?? [])
  const others = [...new Set(packages)].map((name) => {
    return `\n${name}, which is part of index.js\n\n${read(`node_modules/${name}/LICENSE`)}`
  })
  return [read("LICENSE"), ...others].join("")
}

/** The guide, without the links that lead nowhere outside of the project. */
const readme = () =>
  read("docs/existing-worker.md").replace(/\[([^\]]+)\]\((?!https:)[^)]+\)/g, "$1")

/** Builds a Worker as its owner would, with or without the package. */
const sizesOf = async (contents: string) => {
  const { outputFiles } = await build({
    ...workerSettings,
    sourcemap: false,
    stdin: { contents, resolveDir: `${root}${folder}` }
  })
  const bytes = outputFiles[0]?.contents ?? new Uint8Array()
  return { minified: bytes.length, gzipped: gzipSync(bytes).length }
}

const worker = "{ fetch: async (request) => Response.json({ answer: await request.text() }) }"
const wrapped = `
  import { withAnalytics } from "./index.js"
  export default withAnalytics(${worker})`

/** Writes the package, and returns by how much it enlarges the bundle of a Worker. */
export const buildPackage = async (): Promise<Bundle> => {
  const { metafile, outputFiles } = await build(moduleSettings)
  const buttons = await build({ ...feedback(), outfile: `${folder}/feedback.js` })
  const texts = {
    "package.json": `${JSON.stringify(manifest(), undefined, 2)}\n`,
    "index.d.ts": read("src/programs/recorder/Package.d.ts"),
    "feedback.d.ts": feedbackTypes,
    "README.md": readme(),
    LICENSE: licences(Object.keys(metafile.inputs))
  }
  for (const file of [...outputFiles, ...buttons.outputFiles]) writeWhole(file)
  for (const [name, text] of Object.entries(texts)) {
    writeWhole({ path: `${root}${folder}/${name}`, contents: Buffer.from(text) })
  }
  const [before, after] = [await sizesOf(`export default ${worker}`), await sizesOf(wrapped)]
  return {
    file: `${folder}, added`,
    minified: after.minified - before.minified,
    gzipped: after.gzipped - before.gzipped
  }
}
