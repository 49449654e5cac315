import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { SourceFile } from "./SourceFile.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

/** Git's own folder, the lock file of npm, and the folders that `.gitignore` names. */
const outside = new Set([
  ".git",
  "package-lock.json",
  ...readFileSync(`${root}.gitignore`, "utf8").split(/\/?\n/)
])

const pathsIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(`${root}${folder}`, { withFileTypes: true })
    .filter(({ name }) => !outside.has(name))
    .flatMap((entry) => {
      if (entry.isDirectory()) return pathsIn(`${folder}${entry.name}/`)
      return entry.isFile() ? [`${folder}${entry.name}`] : []
    })

/** Every text file of the project. */
export const readProject = (): ReadonlyArray<SourceFile> =>
  pathsIn("")
    .map((path) => new SourceFile(path, readFileSync(`${root}${path}`, "utf8")))
    .filter(({ text }) => !text.includes("\0"))
