/** The time that analytics adds to a visitor's wait, while SQS is well, slow or gone. */
import { setTimeout as sleep } from "node:timers/promises"
import { compared, type Measure, quantile } from "../Measure.ts"
import { announce } from "../step.ts"
import type { Queue, QueueState } from "./Queue.ts"
import { spreadOf } from "./spread.ts"
import { askAll, type Waited } from "./Visitor.ts"
import type { Worker } from "./Worker.ts"

export interface LatencyRow extends Measure {
  readonly addedMs: number
  readonly timesTwin: number
  /** The ratio lies between these in 95 of 100 resamples of both sides. */
  readonly spread: readonly [number, number]
}

export interface Pair {
  readonly ours: Worker
  readonly twin: Worker
}
type Side = keyof Pair
type Samples = Readonly<Record<Side, ReadonlyArray<Waited>>>

const states: ReadonlyArray<{
  readonly name: string
  readonly state: QueueState
  /** After this time all work that a block left behind has been sent, or given up. */
  readonly settleMs: number
}> = [
  { name: "SQS takes 5 ms", state: { answersAfterMs: 5 }, settleMs: 200 },
  { name: "SQS takes 250 ms", state: { answersAfterMs: 250 }, settleMs: 600 },
  { name: "SQS never answers", state: "keeps silent", settleMs: 11_000 },
  { name: "SQS refuses connections", state: "refuses", settleMs: 4000 }
]

const visitorCounts = [1, 10, 50] as const
const rounds = 2
const questionsPerVisitor = { alone: 50, inBlock: 12 }

export const questionsOf = (count: number, from = 0): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, n) => `What did she do in project ${from + n}?`)

/** One visitor asks each Worker at the same time, without disturbing the other. */
const together = async (pairs: ReadonlyArray<Pair>, accept: string): Promise<Samples> => {
  const questions = questionsOf(questionsPerVisitor.alone)
  const askedOf = async (side: Side, asked: ReadonlyArray<string>) => {
    const all = await Promise.all(
      pairs.map((pair) => askAll(pair[side].url, asked, { accept, visitors: 1 }))
    )
    return all.flat()
  }
  // the same questions in another order, so that the two never wait for the same moment
  const [ours, twin] = await Promise.all([
    askedOf("ours", questions),
    askedOf("twin", questions.toReversed())
  ])
  return { ours, twin }
}

/** The Workers take turns of a block of questions, so that each has the whole machine. */
export const inTurns = async (
  pair: Pair,
  questions: ReadonlyArray<string>,
  { accept, settleMs, visitors }: { accept: string; settleMs: number; visitors: number }
): Promise<Samples> => {
  const samples = { ours: [] as Array<Waited>, twin: [] as Array<Waited> }
  for (let round = 0; round < rounds; round++) {
    const order: ReadonlyArray<Side> = round % 2 === 0 ? ["twin", "ours"] : ["ours", "twin"]
    for (const side of order) {
      samples[side].push(...(await askAll(pair[side].url, questions, { accept, visitors })))
      if (side === "ours") await sleep(settleMs)
    }
  }
  return samples
}

const moments = [
  { name: "first byte", of: ({ firstMs }: Waited) => firstMs },
  { name: "last byte", of: ({ lastMs }: Waited) => lastMs }
] as const
const shares = [
  { name: "p50", share: 0.5, timesReferenceAtMost: 1.03 },
  { name: "p99", share: 0.99, timesReferenceAtMost: 1.1 }
] as const

/** Four rows: first and last byte, at the median and at the 99th percentile. */
export const rowsOf = (name: string, samples: Samples, isTarget: boolean) =>
  moments.flatMap((moment) =>
    shares.map((point): LatencyRow => {
      const [ours, twin] = [samples.ours.map(moment.of), samples.twin.map(moment.of)]
      const sides = {
        ours: quantile(ours, point.share),
        reference: quantile(twin, point.share),
        better: "less" as const
      }
      const { timesReferenceAtMost } = point
      return {
        ...compared(
          `${name}, ${moment.name} ${point.name}, ms`,
          sides,
          isTarget ? { timesReferenceAtMost } : undefined
        ),
        addedMs: sides.ours - sides.reference,
        timesTwin: sides.ours / sides.reference,
        spread: spreadOf(ours, twin, point.share)
      }
    })
  )

const stream = "text/event-stream"

export const measureLatency = async (
  pairs: ReadonlyArray<Pair>,
  queue: Queue
): Promise<ReadonlyArray<LatencyRow>> => {
  const [pair] = pairs
  if (pair === undefined) return []
  const rows: Array<LatencyRow> = []
  for (const { name, settleMs, state } of states) {
    await queue.tell({ become: state })
    for (const visitors of visitorCounts) {
      announce(`${name}, ${visitors} at once`)
      const questions = questionsOf(visitors * questionsPerVisitor.inBlock)
      const samples =
        visitors === 1
          ? await together(pairs, stream)
          : await inTurns(pair, questions, { accept: stream, settleMs, visitors })
      rows.push(...rowsOf(`${name}, ${visitors} at once`, samples, true))
      await sleep(settleMs)
    }
  }
  return rows
}

/** The worst case, without a target: an answer that costs no waiting hides no work. */
export const measureInstantAnswers = async (
  pair: Pair,
  queue: Queue
): Promise<ReadonlyArray<LatencyRow>> => {
  await queue.tell({ become: { answersAfterMs: 5 } })
  const rows: Array<LatencyRow> = []
  for (const visitors of visitorCounts) {
    const questions = questionsOf(visitors === 1 ? 500 : 1500)
    const settled = { accept: "application/json", settleMs: 500, visitors }
    const samples = await inTurns(pair, questions, settled)
    rows.push(...rowsOf(`no waiting at all, ${visitors} at once`, samples, false))
  }
  return rows
}
