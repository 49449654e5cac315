/** Requests to SQS per question, as the queue counts them. */
import { setTimeout as sleep } from "node:timers/promises"
import { alone, compared, type Measure } from "../Measure.ts"
import type { Arrived, Queue } from "./Queue.ts"
import { askAll } from "./Visitor.ts"
import type { Worker } from "./Worker.ts"

const count = 40
const visitors = 20

/** Fails unless each question brought its two events. */
const arrivedAfter = async (
  { url }: Worker,
  queue: Queue,
  question: string,
  accept: string
): Promise<Arrived> => {
  await queue.tell({ become: { answersAfterMs: 5 } })
  const questions = Array.from({ length: count }, (_, n) => `${question} ${n}`)
  await askAll(url, questions, { accept, visitors })
  for (let tries = 0; tries < 50; tries++) {
    const { arrived } = await queue.tell("read")
    if (arrived.deduplicationIds === 2 * count) return arrived
    await sleep(100)
  }
  throw new Error(`${question}: not all events arrived`)
}

export const measureRequests = async (
  { bare, ours }: { readonly bare: Worker; readonly ours: Worker },
  signaturesOfHandler: number,
  queue: Queue
): Promise<ReadonlyArray<Measure>> => {
  const stream = "text/event-stream"
  const fast = await arrivedAfter(ours, queue, "What about project", stream)
  const byHand = await arrivedAfter(bare, queue, "What about project", stream)
  const slow = await arrivedAfter(ours, queue, "What slow thing was project", stream)
  return [
    compared(
      "requests to SQS per question, answered within a second",
      { ours: fast.requests / count, reference: byHand.requests / count, better: "less" },
      { atMost: 1 }
    ),
    alone("  signed requests among them", fast.signatures / count),
    alone("  signatures made for it, once the day's key is derived", signaturesOfHandler, 1),
    alone("requests to SQS per question, answered later", slow.requests / count, 2)
  ]
}
