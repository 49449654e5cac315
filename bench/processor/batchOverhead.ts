/**
 * What handling a batch costs by itself: both sides decode ten messages by our contract and store
 * nothing. Ours also folds them by request, and counts; Powertools keeps its lists of messages.
 */
import { processPartialResponse, SqsFifoPartialProcessorAsync } from "@aws-lambda-powertools/batch"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as References from "effect/References"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import * as AgentClassifierIsbot from "../../src/layers/AgentClassifierIsbot.ts"
import { processBatch } from "../../src/programs/processor/program.ts"
import { batchOf } from "../../src/programs/processor/SqsEvent.ts"
import { decodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import { AgentClassifier } from "../../src/services/AgentClassifier.ts"
import { InteractionStore, type Recorded } from "../../src/services/InteractionStore.ts"
import { alone, compared, type Measure, median } from "../Measure.ts"
import type { Samples } from "./samples.ts"
import { fullBatch, type SqsEvent } from "./Traffic.ts"

type Handle = (event: SqsEvent) => Promise<unknown>

const recorded: Recorded = { stored: 2, duplicates: 0, conflicts: 0, cut: 0, writeUnits: 0 }

const emptyStore = Layer.succeed(
  InteractionStore,
  InteractionStore.of({
    record: () => Effect.succeed(recorded),
    get: () => Effect.succeedNone,
    summaries: () => Stream.empty
  })
)

const emptyClassifier = Layer.succeed(
  AgentClassifier,
  AgentClassifier.of({ classify: () => ({ agent: "unknown" }) })
)

const quiet = Layer.succeed(References.MinimumLogLevel, "None" as const)

const makeOurs = (classifier: Layer.Layer<AgentClassifier>): Handle => {
  const runtime = ManagedRuntime.make(Layer.mergeAll(emptyStore, classifier, quiet))
  return (event) =>
    runtime.runPromise(
      Effect.gen(function* () {
        const { records } = yield* Effect.fromResult(batchOf(event))
        return yield* processBatch(records, { budget: 29_500 })
      })
    )
}

const makePowertools = (): Handle => {
  const processor = new SqsFifoPartialProcessorAsync()
  const decode = async ({ body }: { readonly body: string }): Promise<void> => {
    const event = decodeMessage(body)
    if (Result.isFailure(event)) throw event.failure
  }
  return ({ Records }) =>
    processPartialResponse({ Records: [...Records] }, decode, processor, {
      skipGroupOnError: true
    })
}

const decodeOnly: Handle = async ({ Records }) => {
  for (const { body } of Records) decodeMessage(body)
}

const [rounds, runsPerRound] = [31, 200]

const nsPerRecord = async (handle: Handle, event: SqsEvent): Promise<number> => {
  const from = performance.now()
  for (let run = 0; run < runsPerRound; run++) await handle(event)
  return ((performance.now() - from) * 1e6) / runsPerRound / event.Records.length
}

export const measureBatchOverhead = async ({ demo }: Samples): Promise<ReadonlyArray<Measure>> => {
  const event = fullBatch(demo)
  const handles = {
    ours: makeOurs(emptyClassifier),
    enriched: makeOurs(AgentClassifierIsbot.layer),
    powertools: makePowertools(),
    decode: decodeOnly
  }
  const times = { ours: [0], enriched: [0], powertools: [0], decode: [0] }
  for (let round = -10; round < rounds; round++) {
    for (const name of ["ours", "powertools", "enriched", "decode"] as const) {
      const ns = await nsPerRecord(handles[name], event)
      if (round === 0) times[name] = []
      if (round >= 0) times[name].push(ns)
    }
  }
  const decode = median(times.decode)
  return [
    compared(
      "batch handling with the same decoding, ns per record",
      { ours: median(times.ours), reference: median(times.powertools), better: "less" },
      { timesAtLeast: 1 }
    ),
    compared("  the same without the decoding", {
      ours: median(times.ours) - decode,
      reference: median(times.powertools) - decode,
      better: "less"
    }),
    alone("  decoding alone", decode),
    alone("  ours with enrichment", median(times.enriched))
  ]
}
