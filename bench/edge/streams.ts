/** Streams of a Worker with analytics around it beside the same Worker bare. */
import { setTimeout as sleep } from "node:timers/promises"
import { compared, type Measure, median, quantile, type Target } from "../Measure.ts"
import { announce } from "../step.ts"
import { questionsOf } from "./latency.ts"
import type { Queue } from "./Queue.ts"
import { askAll } from "./Visitor.ts"
import type { Worker } from "./Worker.ts"

export type Side = "wrapped" | "bare"

export const ways = {
  native: "the model's own",
  aiSdk: "made like the AI SDK's",
  hono: "made by Hono"
} as const
export type Way = keyof typeof ways

/** More pieces need fewer questions for the same number of pieces. */
const lengths = [
  { pieces: 20, questions: 160 },
  { pieces: 200, questions: 40 },
  { pieces: 600, questions: 20 }
] as const

const accept = "text/event-stream"
const visitors = 10
const rounds = 3
const settleMs = 300

interface Sample {
  readonly cpuMs: Array<number>
  readonly arrivalsMs: Array<number>
}

/** Few questions with many pieces would not be enough for V8 to compile all code. */
const warmUp = (workers: Readonly<Record<Side, Worker>>, way: Way) =>
  Promise.all(
    Object.values(workers).map(({ url }) =>
      askAll(
        url,
        questionsOf(800).map((question) => `${question} Tell it in 3 pieces at once.`),
        { accept, visitors: 20, path: `/${way}` }
      )
    )
  )

/** Visitors ask both Workers at the same time, so that the machine treats them alike. */
const measureWay = async (
  workers: Readonly<Record<Side, Worker>>,
  way: Way,
  { pieces, questions: count }: (typeof lengths)[number],
  queue: Queue
): Promise<Readonly<Record<Side, Sample>>> => {
  const asking = { accept, visitors, path: `/${way}` }
  const questions = questionsOf(count).map((question) => `${question} Tell it in ${pieces} pieces.`)
  const askedOf = async (side: Side, asked: ReadonlyArray<string>) => {
    const { cpuMs, url } = workers[side]
    const from = cpuMs()
    const waited = await askAll(url, asked, asking)
    while ((await queue.tell("read")).open > 0) await sleep(settleMs)
    await sleep(settleMs)
    return { cpuMs: (cpuMs() - from) / count, arrivals: waited.flatMap(({ piecesMs }) => piecesMs) }
  }
  const sides: Record<Side, Sample> = {
    wrapped: { cpuMs: [], arrivalsMs: [] },
    bare: { cpuMs: [], arrivalsMs: [] }
  }
  for (let round = 0; round < rounds; round++) {
    // in another order, so that the two never wait for the same moment
    const [wrapped, bare] = await Promise.all([
      askedOf("wrapped", questions),
      askedOf("bare", questions.toReversed())
    ])
    for (const [side, { arrivals, cpuMs }] of Object.entries({ wrapped, bare })) {
      sides[side as Side].cpuMs.push(cpuMs)
      sides[side as Side].arrivalsMs.push(...arrivals)
    }
  }
  return sides
}

/** A native stream costs next to nothing without us, so that a short one has an absolute limit. */
const cpuTarget = (way: Way, pieces: number, bareMs: number): Target => {
  if (way !== "native") return { timesReferenceAtMost: 1.5 }
  return pieces === 20 ? { atMost: bareMs + 2.5 } : { timesReferenceAtMost: 1.7 }
}

const arrivals = [
  { name: "p50", share: 0.5, timesReferenceAtMost: 1.03 },
  { name: "p99", share: 0.99, timesReferenceAtMost: 1.1 }
] as const

const rowsOf = (
  way: Way,
  pieces: number,
  { bare, wrapped }: Readonly<Record<Side, Sample>>
): ReadonlyArray<Measure> => {
  const bareMs = median(bare.cpuMs)
  return [
    compared(
      `stream of ${pieces} pieces, ${ways[way]}, ms of processor time, beside the Worker bare`,
      { ours: median(wrapped.cpuMs), reference: bareMs, better: "less" },
      cpuTarget(way, pieces, bareMs)
    ),
    ...arrivals.map(({ name, share, timesReferenceAtMost }) =>
      compared(
        `  each piece's arrival, ${name}, ms`,
        {
          ours: quantile(wrapped.arrivalsMs, share),
          reference: quantile(bare.arrivalsMs, share),
          better: "less"
        },
        { timesReferenceAtMost }
      )
    )
  ]
}

export const measureStreams = async (
  workers: Readonly<Record<Side, Worker>>,
  queue: Queue
): Promise<ReadonlyArray<Measure>> => {
  await queue.tell({ become: { answersAfterMs: 5 } })
  const rows: Array<Measure> = []
  for (const way of Object.keys(ways) as ReadonlyArray<Way>) {
    announce(`warms up for streams, ${ways[way]}`)
    await warmUp(workers, way)
    for (const length of lengths) {
      announce(`streams of ${length.pieces} pieces, ${ways[way]}`)
      rows.push(...rowsOf(way, length.pieces, await measureWay(workers, way, length, queue)))
    }
  }
  return rows
}
