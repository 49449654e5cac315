/** The weight of each Worker, and how fast it starts. */
import type { Bundle } from "../../infra/bundles.ts"
import { buildPackage } from "../../infra/npmPackage.ts"
import { forkOnce } from "../forkOnce.ts"
import { alone, compared, type Measure, median } from "../Measure.ts"

const starts = 21
const script = new URL("startProcess.ts", import.meta.url)

const references = {
  honoAndSdk: "Hono and the AWS client, by hand",
  bare: "aws4fetch by hand"
} as const
type Name = keyof typeof references | "ours" | "oursWithoutSearch"

/** The limits in KB: of our own Worker without texts and their search, and of the package. */
const gzippedMax = { own: 85, package: 75 }

export const measureBundles = async (
  bundles: Readonly<Record<Name, Bundle>>
): Promise<ReadonlyArray<Measure>> => {
  const names = Object.keys(bundles) as ReadonlyArray<Name>
  const begun = new Map<Name, Array<number>>(names.map((name) => [name, []]))
  for (let n = 0; n < starts; n++) {
    for (const name of names)
      begun.get(name)?.push(await forkOnce<number>(script, [bundles[name].file]))
  }
  const gzipped = (name: Name) => bundles[name].gzipped / 1024
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
  const added = (await buildPackage()).gzipped / 1024
  return [
    alone("package, KB gzipped that it adds to a Worker", added, gzippedMax.package),
    alone("bundle, KB gzipped, without texts and their search", withoutSearch, gzippedMax.own),
    ...beside
  ]
}
