/**
 * Goal: the package's types fit the projects that owners have, and refuse what is wrong.
 * Method: sources of owners, compiled by two compilers with the settings of usual templates.
 */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { makeProject, root, runScript } from "./OwnersProject.ts"

const cloudflare = { types: ["@cloudflare/workers-types"] }

/** The sources that need no type of Cloudflare, and those that do. */
const anywhere = ["plain", "wrong"]
const atCloudflare = [...anywhere, "handlers", "classes"]
const routers = ["routers", "routersAtCloudflare"]

interface Setting {
  readonly options: Readonly<Record<string, unknown>>
  readonly sources: ReadonlyArray<string>
}

const hono = {
  ...cloudflare,
  target: "esnext",
  lib: ["esnext"],
  module: "esnext",
  jsx: "react-jsx",
  jsxImportSource: "hono/jsx"
}

const settings: Readonly<Record<string, Setting>> = {
  "create-cloudflare": {
    options: { ...cloudflare, target: "es2024", lib: ["es2024"], isolatedModules: true },
    sources: atCloudflare
  },
  "llm-chat-app": {
    options: { ...cloudflare, target: "es2021", lib: ["es2021"], jsx: "react-jsx", allowJs: true },
    sources: atCloudflare
  },
  "a page and a Worker": {
    options: { ...cloudflare, lib: ["es2022", "dom"] },
    sources: atCloudflare
  },
  "types of the browser alone": {
    options: { lib: ["es2022", "dom", "dom.iterable"], skipLibCheck: false },
    sources: [...anywhere, "routers"]
  },
  "no global types": { options: { lib: ["es2022"], skipLibCheck: false }, sources: ["imported"] },
  "the strictest settings, which also write declarations": {
    options: {
      ...cloudflare,
      lib: ["es2022"],
      module: "nodenext",
      moduleResolution: "nodenext",
      composite: true,
      noEmit: false,
      outDir: "out",
      skipLibCheck: false,
      exactOptionalPropertyTypes: true,
      noImplicitOverride: true,
      noImplicitReturns: true,
      noPropertyAccessFromIndexSignature: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      verbatimModuleSyntax: true
    },
    sources: atCloudflare
  }
}

const usual = {
  strict: true,
  target: "es2022",
  module: "es2022",
  moduleResolution: "bundler",
  types: [],
  noEmit: true,
  skipLibCheck: true,
  // where ours is checked, those of the compiler itself are not
  skipDefaultLibCheck: true
}

const compilers = [
  {
    name: "TypeScript 7",
    script: "node_modules/typescript/bin/tsc",
    starter: { options: hono, sources: routers }
  },
  {
    name: "TypeScript 5.9",
    script: "test/package/typescript-5.9/node_modules/typescript/bin/tsc",
    // as the starter was for years; TypeScript 7 knows this resolver no more
    starter: { options: { ...hono, moduleResolution: "node" }, sources: routers }
  }
]

class Project extends Context.Service<Project, string>()("test/OwnersProject") {
  static readonly layer = Layer.effect(
    Project,
    Effect.tap(makeProject("@cloudflare/workers-types", "hono", "itty-router"), (folder) =>
      Effect.sync(() => cpSync(join(root, "test/package/consumers"), folder, { recursive: true }))
    )
  )
}

/** Writes a project for each setting, and returns their files. */
const writeSettings = (folder: string, prefix: string, chosen: Readonly<Record<string, Setting>>) =>
  Object.entries(chosen).map(([name, { options, sources }]) => {
    const outDir = join(folder, prefix)
    const file = join(folder, `${prefix}, ${name}.json`)
    const compilerOptions = { ...usual, outDir, ...options }
    writeFileSync(
      file,
      JSON.stringify({
        compilerOptions: { ...compilerOptions, tsBuildInfoFile: `${file}.tsbuildinfo` },
        files: sources.map((source) => `${source}.ts`)
      })
    )
    return file
  })

layer(Project.layer, { excludeTestServices: true })("The types of the package", (it) => {
  for (const { name, script, starter } of compilers) {
    it.effect(
      `are understood by ${name} in the projects that people have`,
      () =>
        Effect.gen(function* () {
          const folder = yield* Project
          const all = { ...settings, "Hono's starter": starter }
          const files = writeSettings(folder, name, all)
          const said = yield* runScript(folder, script, "--build", ...files)
          assert.deepStrictEqual(said, { code: 0, stdout: "", stderr: "" })
        }),
      180_000
    )
  }

  it.effect("stand in one file without imports, beside a module without imports", () =>
    Effect.gen(function* () {
      const installed = join(yield* Project, "node_modules/cv-analytics")
      const modules = ["feedback.d.ts", "feedback.js", "index.d.ts", "index.js"]
      const files = ["LICENSE", "README.md", ...modules, "package.json"]
      assert.deepStrictEqual(readdirSync(installed).sort(), files)
      for (const name of modules) {
        const text = readFileSync(join(installed, name), "utf8")
        assert.notMatch(text, /^\s*(?:import\b|export .* from )|\b(?:import|require)\(/m)
      }
      const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"))
      assert.notProperty(manifest, "dependencies")
    })
  )

  it.effect("name all that the module exports, and no more", () =>
    Effect.gen(function* () {
      const folder = yield* Project
      const exported = yield* Effect.promise(
        () => import(join(folder, "node_modules/cv-analytics/index.js"))
      )
      const source = Object.keys(exported).map((name) => `${name}: undefined`)
      writeFileSync(
        join(folder, "exported.ts"),
        `import type * as Package from "cv-analytics"
        export const exported: Record<keyof typeof Package, undefined> = { ${source.join(", ")} }`
      )
      const [file = ""] = writeSettings(folder, "exports", {
        all: { options: { lib: ["es2022", "dom"] }, sources: ["exported"] }
      })
      const said = yield* runScript(folder, "node_modules/typescript/bin/tsc", "-p", file)
      assert.deepStrictEqual(said, { code: 0, stdout: "", stderr: "" })
    })
  )
})
