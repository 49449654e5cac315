/** Processor time of workerd per question, with the analytics and without. */
import { setTimeout as sleep } from "node:timers/promises"
import { alone, compared, type Measure, median } from "../Measure.ts"
import { questionsOf } from "./latency.ts"
import type { Queue } from "./Queue.ts"
import { askAll } from "./Visitor.ts"
import type { Worker } from "./Worker.ts"

type Way = "json" | "stream"

const ways = {
  json: { accept: "application/json", questions: 1500, visitors: 10, settleMs: 100 },
  stream: { accept: "text/event-stream", questions: 400, visitors: 50, settleMs: 100 }
} as const
const rounds = 5
/** The limit of the free plan for a request. */
const freeMs = 10

/** The first round of each Worker compiles its code and does not count. */
export const cpuPerQuestion = async <Name extends string>(
  workers: Readonly<Record<Name, Worker>>,
  way: Way,
  queue: Queue
): Promise<Readonly<Record<Name, number>>> => {
  const { accept, questions, settleMs, visitors } = ways[way]
  await queue.tell({ become: { answersAfterMs: 5 } })
  const sides = Object.entries<Worker>(workers).map(([name, worker]) => ({
    name,
    worker,
    used: [] as Array<number>
  }))
  for (let round = 0; round <= rounds; round++) {
    for (const { used, worker } of sides) {
      const from = worker.cpuMs()
      await askAll(worker.url, questionsOf(questions), { accept, visitors })
      while ((await queue.tell("read")).open > 0) await sleep(settleMs)
      await sleep(settleMs)
      if (round > 0) used.push((worker.cpuMs() - from) / questions)
    }
  }
  return Object.fromEntries(sides.map(({ name, used }) => [name, median(used)])) as {
    readonly [N in Name]: number
  }
}

const ofFree = (what: string, ms: number): Measure =>
  alone(
    `processor time for analytics, ${what}, % of the free plan's ${freeMs} ms`,
    (100 * ms) / freeMs,
    10
  )

/** Analytics costs the difference to the twin, the request to SQS included. */
export const cpuRows = (
  used: Readonly<Record<"ours" | "twin" | "bare" | "honoAndSdk", number>>,
  what: string
): ReadonlyArray<Measure> => [
  ofFree(what, used.ours - used.twin),
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

/** The cost of analytics around a Worker that existed before. */
export const wrappedRow = ({ own, wrapped }: Readonly<Record<"own" | "wrapped", number>>) =>
  ofFree("around an existing Worker", wrapped - own)
