/** Processor time of workerd per question, with the analytics and without. */
import { setTimeout as sleep } from "node:timers/promises"
import { alone, compared, type Measure, median } from "../Measure.ts"
import type { Double } from "./Double.ts"
import { questionsOf } from "./latency.ts"
import type { QueueCommand, QueueReading } from "./Queue.ts"
import { askAll } from "./Visitor.ts"
import type { Worker } from "./Worker.ts"

type Queue = Double<QueueCommand, QueueReading>
type Way = "json" | "stream"
const names = ["ours", "twin", "bare", "honoAndSdk"] as const
type Name = (typeof names)[number]
type Used = Readonly<Record<Name, number>>

const ways = {
  json: { accept: "application/json", questions: 1500, visitors: 10, settleMs: 100 },
  stream: { accept: "text/event-stream", questions: 400, visitors: 50, settleMs: 100 }
} as const
const rounds = 5
/** What a Worker may use of its processor for a request on the free plan. */
const freeMs = 10

/** One round of each Worker is for nothing, so that its code is compiled. */
export const cpuPerQuestion = async (
  workers: Readonly<Record<Name, Worker>>,
  way: Way,
  queue: Queue
): Promise<Used> => {
  const { accept, questions, settleMs, visitors } = ways[way]
  await queue.tell({ become: { answersAfterMs: 5 } })
  const used = { ours: [], twin: [], bare: [], honoAndSdk: [] } as Record<Name, Array<number>>
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const { cpuMs, url } = workers[name]
      const from = cpuMs()
      await askAll(url, questionsOf(questions), { accept, visitors })
      while ((await queue.tell("read")).open > 0) await sleep(settleMs)
      await sleep(settleMs)
      if (round > 0) used[name].push((cpuMs() - from) / questions)
    }
  }
  return {
    ours: median(used.ours),
    twin: median(used.twin),
    bare: median(used.bare),
    honoAndSdk: median(used.honoAndSdk)
  }
}

/** What a Worker uses more than the twin is what its analytics use, the request to SQS included. */
export const cpuRows = (used: Used, what: string): ReadonlyArray<Measure> => [
  alone(
    `processor time for analytics, ${what}, % of the free plan's ${freeMs} ms`,
    (100 * (used.ours - used.twin)) / freeMs,
    10
  ),
  compared(`  ms of analytics, beside aws4fetch by hand`, {
    ours: used.ours - used.twin,
    reference: used.bare - used.twin,
    better: "less"
  }),
  compared(`  ms of analytics, beside Hono and the AWS client`, {
    ours: used.ours - used.twin,
    reference: used.honoAndSdk - used.twin,
    better: "less"
  }),
  compared(`  ms of a whole question, beside the twin`, {
    ours: used.ours,
    reference: used.twin,
    better: "less"
  })
]
