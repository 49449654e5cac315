/** Pauses of 70 s: the chatbot is silent, or the visitor stops reading. */
import { createHash } from "node:crypto"
import { type IncomingMessage, request } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import { alone, type Measure } from "../Measure.ts"
import { type Side, type Way, ways } from "./streams.ts"
import type { Worker } from "./Worker.ts"

const pauseMs = 70_000

const pauses = {
  chatbot: { question: "What did she do? Tell it in 20 pieces with a pause.", readsAfterMs: 0 },
  // more than all buffers between the two can hold
  visitor: { question: "What did she do? Tell it in 80000 pieces at once.", readsAfterMs: pauseMs }
} as const

const asked = (url: string, query: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { "content-type": "application/json" }
    request(url, { method: "POST", agent: false, headers }, resolve)
      .on("error", reject)
      .end(JSON.stringify({ query }))
  })

/** What the visitor got, or why it ended. */
const shownBy = async (
  { url }: Worker,
  way: Way,
  { question, readsAfterMs }: (typeof pauses)[keyof typeof pauses]
): Promise<string> => {
  const response = await asked(`${url}/${way}`, question)
  await sleep(readsAfterMs)
  const shown = createHash("sha256")
  try {
    for await (const data of response) shown.update(data)
    return shown.digest("hex")
  } catch (error) {
    return String(error)
  }
}

/** All pauses pass at the same time. */
export const measurePauses = async (
  workers: Readonly<Record<Side, Worker>>
): Promise<ReadonlyArray<Measure>> => {
  const kinds = Object.keys(ways) as ReadonlyArray<Way>
  const changedBy = async (pause: keyof typeof pauses): Promise<Measure> => {
    const changed = await Promise.all(
      kinds.map(async (way) => {
        const shown = (side: Side) => shownBy(workers[side], way, pauses[pause])
        const [wrapped, bare] = await Promise.all([shown("wrapped"), shown("bare")])
        return wrapped !== bare
      })
    )
    const count = changed.filter((one) => one).length
    return alone(`answers of ${kinds.length} that a 70 s pause of the ${pause} changed`, count, 0)
  }
  return Promise.all([changedBy("chatbot"), changedBy("visitor")])
}
