/** The report's own HTML by our engine and by the mustache package, which have to agree on it. */
import { writeFileSync } from "node:fs"
import { build } from "esbuild"
import { lambdaSettings } from "../../infra/bundles.ts"
import { htmlPartials } from "../../src/programs/reporter/render/htmlBlocks.ts"
import { htmlTemplate } from "../../src/programs/reporter/render/htmlTemplate.ts"
import type { ReportView } from "../../src/programs/reporter/render/ReportView.ts"
import { forkOnce } from "../forkOnce.ts"
import { compared, type Measure, median } from "../Measure.ts"
import * as mustache from "./engines/mustache.ts"
import * as ours from "./engines/ours.ts"
import { escapedAsOurs, joined, type Texts } from "./Texts.ts"

const texts: Texts = { template: htmlTemplate, partials: htmlPartials }
const names = ["ours", "mustache"] as const
type Name = (typeof names)[number]

const rounds = 41
const rendersPerRound = 40
const starts = 21

const row = (measure: string, times: Readonly<Record<Name, ReadonlyArray<number>>>): Measure =>
  compared(
    measure,
    { ours: median(times.ours), reference: median(times.mustache), better: "less" },
    { timesAtLeast: 1 }
  )

/** Milliseconds per whole render; the engines take turns, so that a disturbance slows both. */
const warmRow = (view: ReportView): Measure => {
  const renders = { ours: ours.prepare(texts), mustache: mustache.prepare(texts) }
  if (escapedAsOurs(renders.mustache(view)) !== renders.ours(view)) {
    throw new Error("the mustache package renders another HTML than ours")
  }
  const times = { ours: Array.of<number>(), mustache: Array.of<number>() }
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const from = performance.now()
      for (let n = 0; n < rendersPerRound; n++) joined(renders[name](view))
      // the first rounds are for the compiler
      if (round >= 10) times[name].push((performance.now() - from) / rendersPerRound)
    }
  }
  return row("warm render, ms", times)
}

interface First {
  readonly totalMs: number
  readonly renderMs: number
}

const script = new URL("firstRenderProcess.ts", import.meta.url)

/** Each engine is bundled as the reporter is. */
const firstRows = async (folder: string, view: ReportView): Promise<ReadonlyArray<Measure>> => {
  const file = `${folder}/texts.json`
  writeFileSync(file, JSON.stringify({ ...texts, view }))
  for (const name of names) {
    await build({
      ...lambdaSettings,
      entryPoints: [`bench/reporter/engines/${name}.ts`],
      outfile: `${folder}/${name}.mjs`,
      write: true,
      logLevel: "error"
    })
  }
  const total = { ours: Array.of<number>(), mustache: Array.of<number>() }
  const render = { ours: Array.of<number>(), mustache: Array.of<number>() }
  for (let n = 0; n < starts; n++) {
    for (const name of names) {
      const first = await forkOnce<First>(script, [`${folder}/${name}.mjs`, file])
      total[name].push(first.totalMs)
      render[name].push(first.renderMs)
    }
  }
  return [
    row("first render in a fresh process, ms", render),
    row("  with loading the engine, ms", total)
  ]
}

/** `folder` is for the bundles. */
export const measureRendering = async (
  view: ReportView,
  folder: string
): Promise<ReadonlyArray<Measure>> => [warmRow(view), ...(await firstRows(folder, view))]
