import { each, finding, type Rule } from "./Rule.ts"
import {
  isMain,
  isMainLayers,
  isSource,
  isTypeScript,
  publicModule,
  type SourceFile
} from "./SourceFile.ts"

type Room = "runtime" | "schema" | "services" | "layers" | "program" | "main layers" | "main"

const folderOf = (path: string): string | undefined => /^src\/(\w+)\//.exec(path)?.[1]
const programOf = (path: string): string | undefined => /^src\/programs\/([^/]+)\//.exec(path)?.[1]

const folderRooms = ["runtime", "schema", "services", "layers"] as const

const isFolderRoom = (folder: string | undefined): folder is (typeof folderRooms)[number] =>
  folderRooms.some((room) => room === folder)

const roomOf = (path: string): Room | undefined => {
  if (isMain(path)) return "main"
  if (isMainLayers(path)) return "main layers"
  if (programOf(path) !== undefined) return "program"
  const folder = folderOf(path)
  return isFolderRoom(folder) ? folder : undefined
}

const allowed: Readonly<Record<Room, ReadonlyArray<Room>>> = {
  runtime: ["runtime"],
  schema: ["schema"],
  services: ["schema", "services"],
  layers: ["runtime", "schema", "services", "layers"],
  program: ["runtime", "schema", "services", "program"],
  "main layers": ["runtime", "schema", "services", "layers", "program"],
  main: ["runtime", "schema", "services", "layers", "program", "main layers"]
}

const phrase = (room: Room): string =>
  `${room} imports ${allowed[room].map((name) => (name === "program" ? "its own folder" : name)).join(", ")}`

const within = (path: string, file: string): boolean => {
  if (programOf(path) === "edge" && file === publicModule) return true
  const from = roomOf(path)
  const to = roomOf(file)
  if (from === undefined || to === undefined || !allowed[from].includes(to)) return false
  return programOf(file) === undefined || programOf(path) === programOf(file)
}

const ownImports: Rule = each(isSource, (source) =>
  source.imports.flatMap(({ file, line, specifier }) => {
    if (file === undefined || within(source.path, file)) return []
    const room = roomOf(source.path)
    const instead = room === undefined ? "src has no such folder" : `${phrase(room)} only`
    return [finding(source, line, `imports ${specifier}`, instead)]
  })
)

/** Top-level files are adapters; what belongs to one technology lies in a folder named after it. */
const adapters: Rule = each(
  ({ path }) => /^src\/layers\/[^/]+\.ts$/.test(path),
  (source) =>
    /^export const layer\b/m.test(source.code)
      ? []
      : [finding(source, 1, "exports no layer", "move it into its technology's folder")]
)

/** A function of its argument alone needs no port. */
const pureFunctions = new Set(["string-width"])

/** Packages are for adapters and for what knows the platform: main.ts and its layers.ts. */
const packages: Rule = each(
  (file) => isSource(file) && !["layers", "main", "main layers"].includes(`${roomOf(file.path)}`),
  (source) =>
    source.imports
      .filter(({ file, specifier }) => file === undefined && !/^effect(\/|$)/.test(specifier))
      .filter(({ specifier }) => !pureFunctions.has(specifier))
      .map(({ line, specifier }) =>
        finding(source, line, `imports ${specifier}`, "put it behind a port, into src/layers")
      )
)

const barrel: Rule = each(isTypeScript, (source) =>
  source.imports
    .filter(({ specifier }) => specifier === "effect" || /^@effect\/[^/]+$/.test(specifier))
    .filter(({ specifier }) => specifier !== "@effect/vitest")
    .map(({ line, specifier }) =>
      finding(source, line, `imports ${specifier}`, `import * as Name from "${specifier}/Name"`)
    )
)

const unused: Rule = (files) => {
  const imported = new Set(
    files.filter(isTypeScript).flatMap((file) => file.imports.map((entry) => entry.file))
  )
  return files
    .filter((file: SourceFile) => isSource(file) && !isMain(file.path) && !imported.has(file.path))
    .map((file) => finding(file, 1, "nothing imports this file", "delete it"))
}

export const importRules = {
  "a file of src imports only what its folder may": ownImports,
  "every file at the top of src/layers exports layer": adapters,
  "only layers and main.ts import packages other than effect": packages,
  "effect is imported by sub-path": barrel,
  "every file of src is imported": unused
}
