/** What each Worker weighs and how fast it starts, and what ours is made of. */
import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { alone, compared, type Measure, median } from "../Measure.ts"
import type { Contents } from "./edgeBundles.ts"

const starts = 21
const script = fileURLToPath(new URL("startProcess.ts", import.meta.url))

const startOnce = async (bundle: string): Promise<number> => {
  const child = fork(script, [bundle], {
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"]
  })
  const [ms] = await once(child, "message")
  await once(child, "exit")
  return ms
}

const references = {
  oursWithSdk: "ours with the AWS client",
  honoAndSdk: "Hono and the AWS client, by hand",
  bare: "aws4fetch by hand"
} as const
type Name = keyof typeof references | "ours" | "oursWithoutSearch"

/** At most so many KB, without what the default chatbot knows and how it looks it up. */
const gzippedMax = 60

export const measureBundles = async (
  contents: Readonly<Record<Name, Contents>>
): Promise<ReadonlyArray<Measure>> => {
  const names = Object.keys(contents) as ReadonlyArray<Name>
  const begun = new Map<Name, Array<number>>(names.map((name) => [name, []]))
  for (let n = 0; n < starts; n++) {
    for (const name of names) begun.get(name)?.push(await startOnce(contents[name].bundle.file))
  }
  const gzipped = (name: Name) => contents[name].bundle.gzipped / 1024
  const startMs = (name: Name) => median(begun.get(name) ?? [])
  const withoutSearch = gzipped("oursWithoutSearch")
  const beside = (Object.keys(references) as ReadonlyArray<keyof typeof references>).flatMap(
    (name, at) => [
      compared(
        `${at === 0 ? "" : "  "}bundle, KB gzipped, without texts, beside ${references[name]}`,
        { ours: gzipped("ours"), reference: gzipped(name), better: "less" }
      ),
      compared(`  import in a fresh Node.js, ms, beside ${references[name]}`, {
        ours: startMs("ours"),
        reference: startMs(name),
        better: "less"
      })
    ]
  )
  return [
    alone("bundle, KB gzipped, without texts and their search", withoutSearch, gzippedMax),
    ...beside
  ]
}

const groups: ReadonlyArray<readonly [RegExp, string]> = [
  [/effect\/dist\/(?:Schema|internal\/schema)/, "Effect: schemas"],
  [/effect\/dist\/Config/, "Effect: settings"],
  [/effect\//, "Effect: the rest"],
  [/node_modules\/([^/]+)/, "package $1"],
  [/src\/layers/, "our adapters"],
  [/src\/programs/, "our program"],
  [/./, "our schemas and ports"]
]

const groupOf = (path: string): string => {
  const [pattern, name] = groups.find(([one]) => one.test(path)) ?? [/./, "other"]
  return name.replace("$1", pattern.exec(path)?.[1] ?? "")
}

export interface Part {
  readonly part: string
  readonly minified: number
  /** Of the minified bytes. */
  readonly share: number
}

/** Largest first. */
export const partsOf = ({ bytesByFile }: Contents): ReadonlyArray<Part> => {
  const bytes = new Map<string, number>()
  for (const [path, size] of Object.entries(bytesByFile)) {
    const group = groupOf(path)
    bytes.set(group, (bytes.get(group) ?? 0) + size)
  }
  const total = [...bytes.values()].reduce((sum, size) => sum + size, 0)
  return [...bytes]
    .map(([part, minified]) => ({ part, minified, share: minified / total }))
    .sort((a, b) => b.minified - a.minified)
}
