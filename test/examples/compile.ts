/** Compiles the examples under the options of create-cloudflare, with the types of the platform. */
import { execFile } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { runWrangler } from "./bundle.ts"
import { folderOf, guides, workshop } from "./Workshop.ts"

const run = promisify(execFile)
const compiler = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url))

const compilerOptions = {
  target: "es2024",
  lib: ["es2024"],
  jsx: "react-jsx",
  module: "es2022",
  moduleResolution: "Bundler",
  resolveJsonModule: true,
  strict: true,
  noImplicitOverride: true,
  skipLibCheck: true,
  isolatedModules: true,
  noEmit: true,
  types: []
}

/** Writes the platform's types once; they are the same for all dates and flags of the examples. */
export const writePlatformTypes = async (): Promise<void> => {
  const [guide = ""] = guides
  const file = join(workshop, "cloudflare.d.ts")
  await runWrangler(folderOf(guide), "types", file, "--include-env=false")
}

/** Rejects with the compiler's words. */
export const compile = async (guide: string): Promise<void> => {
  const folder = folderOf(guide)
  const project = { compilerOptions, include: ["../cloudflare.d.ts", "*.ts", "functions"] }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project))
  await run(process.execPath, [compiler, "-p", folder]).catch((cause: { stdout?: string }) => {
    throw new Error(cause.stdout, { cause })
  })
}
