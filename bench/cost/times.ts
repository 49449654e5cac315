/** The times that a bill depends on, in milliseconds of a whole processor. */
import { fileURLToPath } from "node:url"
import { AwsClient } from "aws4fetch"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { buildBundles } from "../../infra/bundles.ts"
import { readKnowledge } from "../../infra/readKnowledge.ts"
import { corpus } from "../../local/demo/corpus.ts"
import * as AnswererKnowledgeBase from "../../src/layers/AnswererKnowledgeBase.ts"
import * as EventQueueSqs from "../../src/layers/EventQueueSqs.ts"
import * as OutboxCloudflare from "../../src/layers/OutboxCloudflare.ts"
import { handle } from "../../src/programs/edge/program.ts"
import { Losses } from "../../src/programs/recorder/Losses.ts"
import { Policy } from "../../src/programs/recorder/Policy.ts"
import type { RequestContext } from "../../src/programs/recorder/RequestContext.ts"
import { applyPrivacy } from "../../src/schema/redaction/Privacy.ts"
import { makeRedactor } from "../../src/schema/redaction/Redaction.ts"
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

/** Signs as the Worker does, without sending. */
class Signer extends AwsClient {
  override async fetch(...request: Parameters<AwsClient["fetch"]>): Promise<Response> {
    await this.sign(...request)
    return Response.json({ Successful: [{ Id: "0" }, { Id: "1" }] })
  }
}

const redacted = applyPrivacy("redacted", makeRedactor([]))

const edge = Layer.mergeAll(
  AnswererKnowledgeBase.layer({ sections: readKnowledge() }),
  EventQueueSqs.layer({
    queueUrl: "https://sqs.eu-west-1.amazonaws.com/000000000000/cv-analytics.fifo",
    signer: new Signer({ accessKeyId: "local", secretAccessKey: "local", service: "sqs" })
  }),
  OutboxCloudflare.none,
  Losses.layer,
  Layer.effect(
    Policy,
    Effect.map(Policy, (policy) => ({ ...policy, discretionFor: () => redacted }))
  )
)

/** Answers every question of the demo twice and hands it to the queue; the second time counts. */
export const measureAnswer = async ({ query }: Sample): Promise<number> => {
  const runtime = ManagedRuntime.make(edge)
  const answered = Effect.fnUntraced(function* (question: string) {
    const works: Array<Parameters<RequestContext["later"]>[0]> = []
    const response = yield* handle(asked(question), {
      requestId: query.requestId,
      country: "GB",
      address: "192.0.2.1",
      later: (work) => works.push(work)
    })
    for (const work of works) yield* work
    if (!response.ok) return yield* Effect.die(`the edge answered ${response.status}`)
  })
  const questions = corpus.flatMap(({ questions }) => questions)
  const times: Array<number> = []
  for (const question of [...questions, ...questions]) {
    times.push(await timed(() => runtime.runPromise(answered(question))))
  }
  await runtime.dispose()
  return median(times.slice(questions.length))
}
