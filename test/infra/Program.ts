/** The settings of a program, and texts of the tree. */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import type { Setting } from "../../src/runtime/Settings.ts"
import { SourceFile } from "../tidy/SourceFile.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

type Settings = Readonly<Record<string, Setting<unknown>>>

export const readSource = (path: string) =>
  new SourceFile(path, readFileSync(`${root}${path}`, "utf8"))

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
