/** Which variables the settings of a program read. */
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import type { Setting } from "../../src/runtime/Settings.ts"

type Settings = Readonly<Record<string, Setting<unknown>>>

/** The keys of the settings, and the variables that they read. */
export const namesOf = (settings: Settings) => {
  const read = new Set<string>()
  const provider = ConfigProvider.make((path) =>
    Effect.sync(() => void read.add(path.map(String).join("_")))
  )
  for (const { config } of Object.values(settings)) Effect.runSyncExit(config.parse(provider))
  return { keys: Object.keys(settings), read: [...read] }
}

/** The value of a setting when only these variables are set. */
export const settingValue = <A>(
  { config }: Setting<A>,
  variables: Readonly<Record<string, string>>
) => Effect.runSync(config.parse(ConfigProvider.fromEnvRecord(variables)))
