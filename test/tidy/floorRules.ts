import { each, finding, type Rule } from "./Rule.ts"
import { isTypeScript, publicModule, type SourceFile } from "./SourceFile.ts"

/** Each floor with what it may import beside itself: folders, and single files. */
const floors: Readonly<Record<string, ReadonlyArray<string>>> = {
  src: [],
  cli: [],
  infra: ["src", "cli"],
  local: ["infra", "src", "cli"],
  ops: ["local", "infra", "src", "cli"],
  bench: ["ops", "local", "infra", "src", "cli"],
  examples: [publicModule],
  // the page reads an answer as the recorder does
  "examples/cv-chatbot/page": ["src/schema/chat", "src/schema/redaction/TextLength.ts"]
}

const isIn = (place: string, file: string): boolean =>
  file === place || file.startsWith(`${place}/`)

const floorOf = (path: string): string =>
  Object.keys(floors).findLast((floor) => isIn(floor, path)) ?? ""

const isBelow = (from: string, file: string): boolean =>
  [from, ...(floors[from] ?? [])].some((place) => isIn(place, file))

/** Data of no folder, package.json for one, may be read by every floor but src; code may not. */
const isOutside = (from: string, file: string): boolean =>
  !file.includes("/") && from !== "src" && !file.endsWith(".ts")

const imports: Rule = each(
  (file) => floorOf(file.path) !== "",
  (source) => {
    const from = floorOf(source.path)
    return source.imports.flatMap(({ file, line, specifier }) => {
      if (file === undefined || isBelow(from, file) || isOutside(from, file)) return []
      const below = floors[from]?.join(", ") || "no other folder"
      return [finding(source, line, `imports ${specifier}`, `${from} may import ${below}`)]
    })
  }
)

/** Each closed room with its door, and the tests that may look inside. */
const closedRooms = [
  {
    room: "local/sqs/",
    door: "local/sqs/SqsServer.ts",
    witnesses: /^test\/(local\/sqs|simulation)\//
  }
]

const doors: Rule = each(isTypeScript, (source) =>
  source.imports.flatMap(({ file = "", line, specifier }) =>
    closedRooms.flatMap(({ door, room, witnesses }) =>
      !file.startsWith(room) ||
      file === door ||
      source.path.startsWith(room) ||
      witnesses.test(source.path)
        ? []
        : [finding(source, line, `imports ${specifier}`, `enter the room by ${door}`)]
    )
  )
)

const circleFrom = (
  path: string,
  graph: ReadonlyMap<string, ReadonlyArray<string>>
): ReadonlyArray<string> | undefined => {
  const seen = new Set<string>()
  const ways = (graph.get(path) ?? []).map((file) => [path, file])
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const last = way.at(-1) ?? path
    if (last === path) return way
    if (seen.has(last)) continue
    seen.add(last)
    ways.push(...(graph.get(last) ?? []).map((file) => [...(way ?? []), file]))
  }
  return undefined
}

/** Reported once for each file in the circle, with the shortest way around. */
const circles: Rule = (files) => {
  const sources = files.filter(isTypeScript)
  const graph = new Map(
    sources.map((source) => [source.path, source.imports.flatMap(({ file }) => file ?? [])])
  )
  return sources.flatMap((source: SourceFile) => {
    const circle = circleFrom(source.path, graph)
    return circle === undefined
      ? []
      : [finding(source, 1, circle.join(" → "), "move what both need into a third file")]
  })
}

export const floorRules = {
  "a floor imports only itself and the floors below it": imports,
  "a closed room is entered by its door": doors,
  "no files import each other in a circle": circles
}
