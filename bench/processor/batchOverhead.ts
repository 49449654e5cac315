/**
 * Batch handling alone: both sides take Lambda's event, decode ten messages by our contract and
 * return the same partial batch response, without storing or logging. Ours also folds the messages
 * by request and counts them; Powertools keeps its lists of messages.
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
import { processEvent } from "../../src/programs/processor/program.ts"
import { decodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import { AgentClassifier } from "../../src/services/AgentClassifier.ts"
import { InteractionStore, type Recorded } from "../../src/services/InteractionStore.ts"
import { LanguageDetector } from "../../src/services/LanguageDetector.ts"
import { alone, compared, type Measure, median } from "../Measure.ts"
import type { Samples } from "./samples.ts"
import { fullBatch, type SqsEvent } from "./Traffic.ts"

type Handle = (event: SqsEvent) => Promise<unknown>

const recorded: Recorded = { stored: 2, duplicates: 0, conflicts: 0, cut: 0, writeUnits: 0 }

/** A store that answers at once, or a turn of the event loop later. */
type Answers = "at once" | "later"

const storeOf = (answers: Answers) =>
  Layer.succeed(
    InteractionStore,
    InteractionStore.of({
      record: () =>
        answers === "at once"
          ? Effect.succeed(recorded)
          : Effect.as(Effect.promise(setImmediate), recorded),
      get: () => Effect.succeedNone,
      newest: () => Effect.succeedNone,
      vote: () => Effect.die(new Error("no batch has a vote")),
      voteOn: () => Effect.succeedNone,
      summaries: () => Stream.empty
    })
  )

const emptyClassifier = Layer.succeed(
  AgentClassifier,
  AgentClassifier.of({ classify: () => ({ agent: "unknown" }) })
)

const noLanguages = Layer.succeed(LanguageDetector, { detect: () => undefined })

const quiet = Layer.succeed(References.MinimumLogLevel, "None" as const)

const makeOurs = (answers: Answers): Handle => {
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(storeOf(answers), emptyClassifier, noLanguages, quiet)
  )
  return (event) => runtime.runPromise(processEvent(event, { budget: 29_500 }))
}

const makePowertools = (answers: Answers): Handle => {
  const processor = new SqsFifoPartialProcessorAsync()
  const handleRecord = async ({ body }: { readonly body: string }): Promise<void> => {
    const event = decodeMessage(body)
    if (Result.isFailure(event)) throw event.failure
    if (answers === "later") await setImmediate()
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
  ours: makeOurs("at once"),
  powertools: makePowertools("at once"),
  oursLater: makeOurs("later"),
  powertoolsLater: makePowertools("later"),
  decode: decodeOnly
})
type Handles = ReturnType<typeof makeHandles>

/** Both sides must return the same for a good batch and for one with a bad record. */
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

/** The sides take turns in every round, so that a disturbance of the machine hits all. */
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
    row("  when storing answers a turn later", "oursLater", "powertoolsLater"),
    alone("  decoding alone", time("decode"))
  ]
}
