/**
 * Says in one line what is missing before a program starts; old versions of Node can run it. With
 * --install, which npm ci gives, it fetches Node for npm scripts where the machine's is too old.
 */
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs"
import { dirname, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { folderOf, install } from "./onDemand/install.mjs"

const root = fileURLToPath(new URL("../", import.meta.url))
const leastMajor = 24

const isNew = Number(process.versions.node.split(".")[0]) >= leastMajor

/** npm puts this folder before the machine's own programs. */
const link = `${root}node_modules/.bin/node`

const fetchNode = () => {
  install("node")
  const folder = `${folderOf("node")}/node-${process.platform}-${process.arch}`
  const program = `${folder}/bin/node`
  if (!existsSync(program)) return
  // headers and manuals are a third of the package
  for (const part of ["include", "share"])
    rmSync(`${folder}/${part}`, { recursive: true, force: true })
  mkdirSync(`${root}node_modules/.bin`, { recursive: true })
  rmSync(link, { force: true })
  symlinkSync(relative(dirname(link), program), link)
}

const howToGetNode =
  `Node ${leastMajor} or newer is needed, and this is ${process.versions.node}: ` +
  "install it from https://nodejs.org"

const missing = () => {
  if (!existsSync(`${root}node_modules/effect`)) return "The packages are missing: run npm ci first"
  if (isNew) return undefined
  return process.platform === "linux"
    ? `${howToGetNode}, or run npm rebuild, which fetches one for this project`
    : howToGetNode
}

if (process.argv[2] === "--install") {
  try {
    if (!isNew) fetchNode()
  } catch (error) {
    const [reason] = error.message.split("\n")
    process.stderr.write(`${howToGetNode} (npm could not fetch one: ${reason})\n`)
  }
} else {
  const what = missing()
  if (what !== undefined) {
    process.stderr.write(`${what}\n`)
    process.exitCode = 1
  }
}
