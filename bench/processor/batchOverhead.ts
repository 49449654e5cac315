/**
 * What handling a batch costs by itself: both sides take Lambda's event, decode ten messages by our
 * contract, store nothing, and answer with the same partial batch response; neither writes a log.
 * Ours also folds them by request, and counts; Powertools keeps its lists of messages.
 */
import assert from "node:assert/strict"
import { setImmediate } from "node:timers/promises"
import { processPartialResponse, SqsFifoPartialProcessorAsync } from "@aws-lambda-powertools/batch"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as References from "effect/References"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import * as AgentClassifierIsbot from "../../src/layers/AgentClassifierIsbot.ts"
import { processEvent } from "../../src/programs/processor/program.ts"
import { decodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import { AgentClassifier } from "../../src/services/AgentClassifier.ts"
import { InteractionStore, type Recorded } from "../../src/services/InteractionStore.ts"
import { alone, compared, type Measure, median } from "../Measure.ts"
import type { Samples } from "./samples.ts"
import { fullBatch, type SqsEvent } from "./Traffic.ts"

type Handle = (event: SqsEvent) => Promise<unknown>

const recorded: Recorded = { stored: 2, duplicates: 0, conflicts: 0, cut: 0, writeUnits: 0 }

/** When what a record needs is done: at once, by a promise, or a turn of the event loop later. */
const answers = {
  atOnce: undefined,
  byPromise: () => Promise.resolve(),
  aTurnLater: () => setImmediate()
} as const
type Answer = (typeof answers)[keyof typeof answers]

const storeOf = (answer: Answer) =>
  Layer.succeed(
    InteractionStore,
    InteractionStore.of({
      record: () =>
        answer === undefined
          ? Effect.succeed(recorded)
          : Effect.as(Effect.promise(answer), recorded),
      get: () => Effect.succeedNone,
      summaries: () => Stream.empty
    })
  )

const emptyClassifier = Layer.succeed(
  AgentClassifier,
  AgentClassifier.of({ classify: () => ({ agent: "unknown" }) })
)

const quiet = Layer.succeed(References.MinimumLogLevel, "None" as const)

const makeOurs = (answer: Answer, classifier: Layer.Layer<AgentClassifier>): Handle => {
  const runtime = ManagedRuntime.make(Layer.mergeAll(storeOf(answer), classifier, quiet))
  return (event) => runtime.runPromise(processEvent(event, { budget: 29_500 }))
}

const makePowertools = (answer: Answer): Handle => {
  const processor = new SqsFifoPartialProcessorAsync()
  const handleRecord = async ({ body }: { readonly body: string }): Promise<void> => {
    const event = decodeMessage(body)
    if (Result.isFailure(event)) throw event.failure
    if (answer !== undefined) await answer()
  }
  return ({ Records }) =>
    processPartialResponse({ Records: [...Records] }, handleRecord, processor, {
      skipGroupOnError: true
    })
}

const decodeOnly: Handle = async ({ Records }) => {
  for (const { body } of Records) decodeMessage(body)
}

const makeHandles = () => ({
  ours: makeOurs(answers.atOnce, emptyClassifier),
  powertools: makePowertools(answers.atOnce),
  oursByPromise: makeOurs(answers.byPromise, emptyClassifier),
  powertoolsByPromise: makePowertools(answers.byPromise),
  oursATurnLater: makeOurs(answers.aTurnLater, emptyClassifier),
  powertoolsATurnLater: makePowertools(answers.aTurnLater),
  enriched: makeOurs(answers.atOnce, AgentClassifierIsbot.layer),
  decode: decodeOnly
})
type Handles = ReturnType<typeof makeHandles>

/** Comparable are only sides that say the same of a good batch, and of one with a bad record. */
const checkAnswers = async ({ ours, powertools }: Handles, event: SqsEvent): Promise<void> => {
  const spoilt = {
    Records: event.Records.map((record, n) => (n === 2 ? { ...record, body: "{" } : record))
  }
  for (const batch of [event, spoilt]) {
    assert.deepEqual(await ours(batch), await powertools(batch))
  }
}

const [rounds, runsPerRound] = [31, 200]

const nsPerRecord = async (handle: Handle, event: SqsEvent): Promise<number> => {
  const from = performance.now()
  for (let run = 0; run < runsPerRound; run++) await handle(event)
  return ((performance.now() - from) * 1e6) / runsPerRound / event.Records.length
}

/** One after the other in every round, so that what disturbs the machine disturbs all of them. */
const measureTimes = async (handles: Handles, event: SqsEvent) => {
  const names = Object.keys(handles) as ReadonlyArray<keyof Handles>
  const times = new Map(names.map((name) => [name, [] as Array<number>]))
  for (let round = -10; round < rounds; round++) {
    for (const name of names) {
      const ns = await nsPerRecord(handles[name], event)
      if (round >= 0) times.get(name)?.push(ns)
    }
  }
  return (name: keyof Handles): number => median(times.get(name) ?? [])
}

export const measureBatchOverhead = async ({ demo }: Samples): Promise<ReadonlyArray<Measure>> => {
  const event = fullBatch(demo)
  const handles = makeHandles()
  await checkAnswers(handles, event)
  const time = await measureTimes(handles, event)
  const row = (measure: string, ours: keyof Handles, reference: keyof Handles, less = 0) =>
    compared(measure, {
      ours: time(ours) - less,
      reference: time(reference) - less,
      better: "less"
    })
  return [
    compared(
      "batch handling with the same decoding, ns per record",
      { ours: time("ours"), reference: time("powertools"), better: "less" },
      { timesAtLeast: 1 }
    ),
    row("  the same without the decoding", "ours", "powertools", time("decode")),
    row("  when storing answers by a promise", "oursByPromise", "powertoolsByPromise"),
    row("  when storing answers a turn later", "oursATurnLater", "powertoolsATurnLater"),
    alone("  decoding alone", time("decode")),
    alone("  ours with enrichment", time("enriched"))
  ]
}
