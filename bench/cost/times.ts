/** The times that a bill depends on, in milliseconds of a whole processor. */
import { fileURLToPath } from "node:url"
import { buildBundles } from "../../infra/bundles.ts"
import { readKnowledge } from "../../infra/readKnowledge.ts"
import { corpus } from "../../local/demo/corpus.ts"
import { median } from "../Measure.ts"
import type { Sides } from "../processor/Sides.ts"
import { asNewRequest, type Sample } from "../processor/samples.ts"
import { sqsEventOf } from "../processor/Traffic.ts"
import { start } from "../processor/WarmProcessor.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))
const [rounds, starts] = [9, 9]

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** A new process each time, as Lambda starts an instance. */
export const measureStart = async (sides: Sides): Promise<number> => {
  await buildBundles()
  const imports: Array<number> = []
  for (let n = 0; n < starts; n++) {
    const processor = await start(`${root}dist/processor/main.mjs`, sides)
    imports.push(processor.importMs)
    await processor.stop()
  }
  return median(imports)
}

/** Question and answer come one after the other, the most expensive way for each side. */
const storeApart = async (store: Sides["ours"], sample: Sample): Promise<number> => {
  const { query, response } = asNewRequest(sample)
  return timed(async () => {
    await store(sqsEventOf([query]))
    await store(sqsEventOf([response]))
  })
}

/** The first rounds warm up and do not count. */
export const measurePair = async (store: Sides["ours"], sample: Sample): Promise<number> => {
  const times: Array<number> = []
  for (let n = 0; n < 2 * rounds; n++) times.push(await storeApart(store, sample))
  return median(times.slice(rounds))
}

const asked = (query: string): Request =>
  new Request("http://edge/query", {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": "Mozilla/5.0 Firefox/145.0" },
    body: JSON.stringify({ query })
  })

const variables = {
  CV_ANALYTICS_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/000000000000/cv-analytics.fifo",
  CV_ANALYTICS_ACCESS_KEY_ID: "local",
  CV_ANALYTICS_SECRET_ACCESS_KEY: "local"
}

/** Stands in for SQS, because the way to it costs the processor nothing. */
const accepting = () => Promise.resolve(Response.json({ Successful: [{ Id: "0" }, { Id: "1" }] }))

/** Answers every question of the demo twice and hands it to the queue; the second time counts. */
export const measureAnswer = async (): Promise<number> => {
  Object.assign(globalThis, { KNOWLEDGE_SECTIONS: readKnowledge(), fetch: accepting })
  const { default: edge } = await import("../../src/programs/edge/main.ts")
  const answered = async (question: string) => {
    const works: Array<Promise<unknown>> = []
    const platform = { waitUntil: (work: Promise<unknown>) => works.push(work) }
    const response = await edge.fetch(asked(question), variables, platform)
    if (!response.ok) throw new Error(`the edge answered ${response.status}`)
    await Promise.all(works)
  }
  const questions = corpus.flatMap(({ questions }) => questions)
  const times: Array<number> = []
  for (const question of [...questions, ...questions]) {
    times.push(await timed(() => answered(question)))
  }
  return median(times.slice(questions.length))
}
