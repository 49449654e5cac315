/** From the definitions to the bill: what `ops cost` prints, as one object. */
import * as Effect from "effect/Effect"
import { originalDeployment, originalFootprint } from "../../bench/cost/originalDesign.ts"
import { ourFootprint } from "../../bench/cost/ourFootprint.ts"
import { readProseSample } from "../../bench/processor/samples.ts"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { type Deployment, deploymentOf } from "./Deployment.ts"
import { type Delivery, type Design, worstDelivery } from "./Design.ts"
import type { Footprint } from "./Footprint.ts"
import { type Break, breaksOf } from "./FreeUpTo.ts"
import { type Bill, billOf } from "./Meter.ts"
import { storedGb } from "./meters/table.ts"
import { metersOf } from "./metersOf.ts"
import { type Peak, peaksOf } from "./Peaks.ts"
import { readPrices } from "./Prices.ts"
import { readAllResources } from "./Resources.ts"
import { knownTimings, processorMs } from "./Timings.ts"

export interface Traffic {
  readonly questions: number
  /** Of one message; a question is two of them. */
  readonly eventKb: number
  /** Processor time of the Worker for an answer. */
  readonly answerMs: number
}

export interface FreeUpTo extends Delivery {
  readonly questions: number | undefined
  readonly first: Break | undefined
}

export interface DesignEstimate {
  readonly bill: Bill
  /** What is billed although nobody asks anything. */
  readonly standing: Bill
  /** The meters that traffic breaks in the worst delivery, the first one first. */
  readonly breaks: ReadonlyArray<Break>
  readonly freeUpTo: ReadonlyArray<FreeUpTo>
  readonly footprint: Omit<Footprint, "roundTrips">
  readonly storedGb: { readonly everything: number; readonly newPerMonth: number }
  readonly deployment: Deployment
}

export interface Estimate {
  readonly traffic: Traffic
  readonly region: string
  readonly pricesReadOn: string
  readonly timingsMeasuredOn: string
  readonly ours: DesignEstimate
  readonly original: DesignEstimate
  readonly peaks: ReadonlyArray<Peak>
  /** Free parts that end, and so are not counted. */
  readonly ending: ReadonlyArray<string>
}

const deliveriesOf = ({ batchSize }: Deployment): ReadonlyArray<Delivery> =>
  [5, 2].flatMap((pollers) =>
    [1, 2, batchSize].map((messagesPerBatch) => ({ pollers, messagesPerBatch }))
  )

const freeUpTo = (design: Design, delivery: Delivery): FreeUpTo => {
  const [first] = breaksOf(metersOf({ ...design, delivery }))
  return { ...delivery, questions: first?.questions, first }
}

const estimateDesign = (design: Design, questions: number): DesignEstimate => {
  const meters = metersOf(design)
  const { roundTrips: _, ...footprint } = design.footprint
  const { everything, newPerMonth } = storedGb(design.footprint)
  return {
    bill: billOf(meters, questions),
    standing: billOf(meters, 0),
    breaks: breaksOf(meters),
    freeUpTo: deliveriesOf(design.deployment).map((delivery) => freeUpTo(design, delivery)),
    footprint,
    storedGb: { everything: everything * questions, newPerMonth: newPerMonth * questions },
    deployment: design.deployment
  }
}

/** Both designs for the same questions at the same prices, in the delivery that costs the most. */
export const designsOf = Effect.fnUntraced(function* (
  { answerMs, eventKb }: Omit<Traffic, "questions">,
  region?: string
) {
  const definitions = yield* readDefinitions(region === undefined ? {} : { region })
  const prices = yield* readPrices(definitions.region)
  const sample = yield* readProseSample(eventKb * 1024)
  const timed = (side: "ours" | "original") => ({
    sample,
    limits: prices.limits,
    processorMs: processorMs(knownTimings, side, eventKb)
  })
  const { customMetrics, footprint } = yield* ourFootprint({
    ...timed("ours"),
    table: definitions.table
  })
  const resources = yield* readAllResources({ region: definitions.region })
  const deployment = yield* deploymentOf(definitions, resources, customMetrics)
  const shared = { prices, answerMs, delivery: worstDelivery, startMs: knownTimings.startMs }
  const ours: Design = { ...shared, deployment, footprint }
  const original: Design = {
    ...shared,
    deployment: yield* originalDeployment,
    footprint: originalFootprint(timed("original"))
  }
  return { definitions, ours, original }
})

export const estimate = Effect.fnUntraced(function* (traffic: Traffic, region?: string) {
  const { definitions, original, ours } = yield* designsOf(traffic, region)
  const { ending, readOn, region: known } = ours.prices
  const found: Estimate = {
    traffic,
    region: known,
    pricesReadOn: readOn,
    timingsMeasuredOn: knownTimings.measuredOn,
    ours: estimateDesign(ours, traffic.questions),
    original: estimateDesign(original, traffic.questions),
    peaks: peaksOf(definitions, ours),
    ending
  }
  return found
})
