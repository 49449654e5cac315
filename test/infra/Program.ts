/** What the source of a program says about the names and actions that it needs. */
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import type { Setting } from "../../src/runtime/Settings.ts"
import { SourceFile } from "../tidy/SourceFile.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

type ProgramName = "processor" | "reporter"
type Settings = Readonly<Record<string, Setting<unknown>>>

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

/** The names that the settings are kept under, and the variables that they read. */
export const namesOf = (settings: Settings) => {
  const read = new Set<string>()
  const provider = ConfigProvider.make((path) =>
    Effect.sync(() => void read.add(path.map(String).join("_")))
  )
  for (const { config } of Object.values(settings)) Effect.runSyncExit(config.parse(provider))
  return { keys: Object.keys(settings), read: [...read] }
}

/** The value of a setting where these variables are set and no other. */
export const settingValue = <A>(
  { config }: Setting<A>,
  variables: Readonly<Record<string, string>>
) => Effect.runSync(config.parse(ConfigProvider.fromEnvRecord(variables)))

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
