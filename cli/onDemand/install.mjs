/** Installs a rarely used package from its lockfile into node_modules/.onDemand, once. */
import { spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../../", import.meta.url))

/** The folder of the packages of `cli/onDemand/NAME`, whether they are installed or not. */
export const folderOf = (name) => `${root}node_modules/.onDemand/${name}/node_modules`

/** Two processes may install at once: the first one's folder stays. Throws what npm has said. */
export const install = (name) => {
  if (existsSync(folderOf(name))) return
  const [place, own] = ["", `.${process.pid}`].map(
    (end) => `${root}node_modules/.onDemand/${name}${end}`
  )
  mkdirSync(own, { recursive: true })
  try {
    for (const file of ["package.json", "package-lock.json"]) {
      cpSync(`${root}cli/onDemand/${name}/${file}`, `${own}/${file}`)
    }
    const { error, status, stderr } = spawnSync(
      "npm",
      ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev"],
      { cwd: own, encoding: "utf8", shell: process.platform === "win32" }
    )
    if (status !== 0) throw new Error(error?.message ?? stderr.trim())
    if (!existsSync(place)) renameSync(own, place)
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    install(process.argv[2])
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
