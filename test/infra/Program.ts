/** What the source of a program says about the names and actions that it needs. */
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { SourceFile } from "../tidy/SourceFile.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

type ProgramName = "processor" | "reporter"

export const readSource = (path: string) =>
  new SourceFile(path, readFileSync(`${root}${path}`, "utf8"))

const settingsBlock = /^const settings = \{\n[\s\S]*?^\}/m

/** Names by which `main.ts` keys its settings, and names that it gives to `Config`. */
export const settingNames = (program: "processor" | "reporter") => {
  const { code, text } = readSource(`src/programs/${program}/main.ts`)
  const block = settingsBlock.exec(code)
  const written = text.slice(block?.index, (block?.index ?? 0) + (block?.[0].length ?? 0))
  const keys = [...written.matchAll(/^ {2}([A-Z][A-Z0-9_]*): \{$/gm)].map(([, name]) => name!)
  const read = [...written.matchAll(/[(,] ?"([A-Z][A-Z0-9_]*)"\)/g)].map(([, name]) => name!)
  return { keys, read }
}

/** The AWS commands that a file of src/layers sends. */
export const commandsOf = (layer: string): ReadonlySet<string> =>
  new Set(
    [...readSource(`src/layers/${layer}.ts`).code.matchAll(/\bnew (\w+)Command\(/g)].map(
      ([, name]) => name!
    )
  )

/** The adapters that a program's `main.ts` imports. */
export const layersOf = (program: ProgramName): ReadonlyArray<string> =>
  readSource(`src/programs/${program}/main.ts`).imports.flatMap(
    ({ file = "" }) => /^src\/layers\/(\w+)\.ts$/.exec(file)?.[1] ?? []
  )

/** True when a file of the program, `main.ts` aside, takes the port and uses the verb. */
export const calls = (program: ProgramName, port: string, verb: string): boolean =>
  readdirSync(`${root}src/programs/${program}`)
    .filter((name) => name.endsWith(".ts") && name !== "main.ts")
    .map((name) => readSource(`src/programs/${program}/${name}`).code)
    .some((code) => code.includes(`yield* ${port}`) && new RegExp(`\\.${verb}\\b`).test(code))
