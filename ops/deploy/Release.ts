import { createHash } from "node:crypto"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { DeployFault } from "./DeployFault.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))
const bundles = ["processor", "reporter"].map((name) => `dist/${name}/main.mjs`)

const notBuilt = () =>
  new DeployFault({ what: "The bundles are not built.", mend: "npm run build" })

/** SHA-256 over the bundles and the other parameters: the same ones are the same release. */
export const releaseOf = Effect.fnUntraced(function* (
  parameters: Readonly<Record<string, string>>
) {
  const fs = yield* FileSystem.FileSystem
  const hash = createHash("sha256")
  for (const file of bundles) {
    const bytes = yield* fs.readFile(`${root}${file}`).pipe(Effect.mapError(notBuilt))
    hash.update(`${file} ${bytes.length}\n`).update(bytes)
  }
  for (const name of Object.keys(parameters).sort()) {
    hash.update(JSON.stringify([name, parameters[name]]))
  }
  return hash.digest("hex")
})
