/** The report's own HTML by three engines, which have to agree on every byte. */
import { fork } from "node:child_process"
import { once } from "node:events"
import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { lambdaSettings } from "../../infra/bundles.ts"
import { htmlPartials } from "../../src/programs/reporter/render/htmlBlocks.ts"
import { htmlTemplate } from "../../src/programs/reporter/render/htmlTemplate.ts"
import type { ReportView } from "../../src/programs/reporter/render/ReportView.ts"
import { compared, type Measure, median } from "../Measure.ts"
import * as handlebars from "./engines/handlebars.ts"
import * as mustache from "./engines/mustache.ts"
import * as ours from "./engines/ours.ts"
import { escapedAsOurs, handlebarsTexts } from "./handlebarsTexts.ts"
import { joined, type Texts } from "./Texts.ts"

const texts: Texts = { template: htmlTemplate, partials: htmlPartials }
const engines = [
  { name: "ours", prepare: ours.prepare, texts },
  { name: "mustache", prepare: mustache.prepare, texts },
  { name: "handlebars", prepare: handlebars.prepare, texts: handlebarsTexts(texts) }
] as const
type Name = (typeof engines)[number]["name"]
type Times = Readonly<Record<Name, number>>

const rounds = 41
const rendersPerRound = 40
const starts = 21

const timesOf = (times: Readonly<Record<Name, ReadonlyArray<number>>>): Times => ({
  ours: median(times.ours),
  mustache: median(times.mustache),
  handlebars: median(times.handlebars)
})

/** Throws where an engine's HTML is another than ours. */
const preparedFor = (view: ReportView) => {
  const prepared = engines.map(({ name, prepare, texts: own }) => ({ name, render: prepare(own) }))
  const [first, ...others] = prepared.map(({ name, render }) => ({
    name,
    html: escapedAsOurs(render(view))
  }))
  for (const { html, name } of others) {
    if (html !== first?.html) throw new Error(`${name} renders another HTML than ours`)
  }
  return prepared
}

/** Milliseconds per whole render, the engines in turns, so that what slows one slows all. */
const warmTimes = (view: ReportView): Times => {
  const times = {
    ours: Array.of<number>(),
    mustache: Array.of<number>(),
    handlebars: Array.of<number>()
  }
  const prepared = preparedFor(view)
  for (let round = 0; round < rounds; round++) {
    for (const { name, render } of prepared) {
      const from = performance.now()
      for (let n = 0; n < rendersPerRound; n++) joined(render(view))
      // the first rounds are for the compiler
      if (round >= 10) times[name].push((performance.now() - from) / rendersPerRound)
    }
  }
  return timesOf(times)
}

interface First {
  readonly totalMs: number
  readonly renderMs: number
}

const script = fileURLToPath(new URL("firstRenderProcess.ts", import.meta.url))

const renderFirst = async (bundle: string, file: string): Promise<First> => {
  const child = fork(script, [bundle, file], { execArgv: [] })
  const [[first]] = await Promise.all([once(child, "message"), once(child, "exit")])
  return first
}

/** Each engine is bundled as the reporter is, and handed its texts in its own words. */
const bundled = async (folder: string, view: ReportView) =>
  Promise.all(
    engines.map(async ({ name, texts: own }) => {
      const [outfile, file] = [`${folder}/${name}.mjs`, `${folder}/${name}.json`]
      const entry = `bench/reporter/engines/${name}.ts`
      await build({
        ...lambdaSettings,
        entryPoints: [entry],
        outfile,
        write: true,
        logLevel: "error"
      })
      writeFileSync(file, JSON.stringify({ ...own, view }))
      return { name, outfile, file }
    })
  )

const firstTimes = async (folder: string, view: ReportView) => {
  const bundles = await bundled(folder, view)
  const total = {
    ours: Array.of<number>(),
    mustache: Array.of<number>(),
    handlebars: Array.of<number>()
  }
  const render = {
    ours: Array.of<number>(),
    mustache: Array.of<number>(),
    handlebars: Array.of<number>()
  }
  for (let n = 0; n < starts; n++) {
    for (const { file, name, outfile } of bundles) {
      const first = await renderFirst(outfile, file)
      total[name].push(first.totalMs)
      render[name].push(first.renderMs)
    }
  }
  return { total: timesOf(total), render: timesOf(render) }
}

const against = (measure: string, times: Times): ReadonlyArray<Measure> =>
  (["mustache", "handlebars"] as const).map((name) =>
    compared(
      `${measure}, against ${name}`,
      { ours: times.ours, reference: times[name], better: "less" },
      { timesAtLeast: 1 }
    )
  )

/** `folder` is for the bundles. */
export const measureRendering = async (
  view: ReportView,
  folder: string
): Promise<ReadonlyArray<Measure>> => {
  const warm = warmTimes(view)
  const { render, total } = await firstTimes(folder, view)
  return [
    ...against("warm render, ms", warm),
    ...against("first render in a fresh process, ms", render),
    ...against("  with loading the engine, ms", total)
  ]
}
