/** The package `cv-analytics` for the check. */
import { cpSync } from "node:fs"
import { root } from "../../infra/bundles.ts"
import { buildPackage } from "../../infra/npmPackage.ts"

/** Builds the package, and copies it into this folder as an owner installs it. */
export const writePackage = async (folder: string): Promise<void> => {
  await buildPackage()
  cpSync(`${root}dist/package`, folder, { recursive: true })
}
