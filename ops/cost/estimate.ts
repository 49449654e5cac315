/** Computes the bill that `ops cost` prints from the definitions. */
import * as Effect from "effect/Effect"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { type ConsoleUse, consoleUse } from "./consoleUse.ts"
import { type Deployment, deploymentOf } from "./Deployment.ts"
import { type Delivery, type Design, worstDelivery } from "./Design.ts"
import { type Footprint, footprintOf, readFootprint } from "./Footprint.ts"
import { type Break, breaksOf } from "./FreeUpTo.ts"
import { type Bill, billOf } from "./Meter.ts"
import { storedGb } from "./meters/table.ts"
import { metersOf } from "./metersOf.ts"
import { originalDeployment } from "./originalDeployment.ts"
import { type Peak, peaksOf } from "./Peaks.ts"
import { readPrices } from "./Prices.ts"
import { readAllResources } from "./Resources.ts"
import { betweenSizes } from "./sizes.ts"
import { knownTimings, processorMs } from "./Timings.ts"

export interface Traffic {
  readonly questions: number
  /** The size of one message; a question is two of them. */
  readonly eventKb: number
  /** Processor time of the Worker for an answer. */
  readonly answerMs: number
  /** Votes in 100 questions, a changed one counted again; none without it. */
  readonly votes?: number
}

export interface FreeUpTo {
  readonly delivery: Delivery
  readonly questions: number | undefined
  readonly first: Break | undefined
}

export interface DesignEstimate {
  readonly bill: Bill
  /** The bill without any question. */
  readonly standing: Bill
  /** The meters that traffic breaks in the most expensive delivery, in order. */
  readonly breaks: ReadonlyArray<Break>
  readonly freeUpTo: ReadonlyArray<FreeUpTo>
  readonly footprint: Footprint
  readonly storedGb: { readonly everything: number; readonly newPerMonth: number }
  readonly deployment: Deployment
}

export interface Estimate {
  readonly traffic: Traffic
  readonly region: string
  readonly pricesReadOn: string
  readonly timingsMeasuredOn: string
  readonly ours: DesignEstimate
  readonly original: DesignEstimate | undefined
  readonly peaks: ReadonlyArray<Peak>
  /** An open console's part, which is in no bill above. */
  readonly console: ConsoleUse
  /** Free parts that end are not counted. */
  readonly ending: ReadonlyArray<string>
}

const deliveriesOf = ({ batchSize, drainsPerMonth: runs }: Deployment): ReadonlyArray<Delivery> => {
  const sizes = [1, 2, batchSize]
  return runs > 0
    ? sizes.map((messagesPerBatch) => ({ by: "schedule", runs, messagesPerBatch }))
    : [5, 2].flatMap((pollers) =>
        sizes.map((messagesPerBatch): Delivery => ({ by: "trigger", pollers, messagesPerBatch }))
      )
}

const freeUpTo = (design: Design, delivery: Delivery): FreeUpTo => {
  const [first] = breaksOf(metersOf({ ...design, delivery }))
  return { delivery, questions: first?.questions, first }
}

const estimateDesign = (design: Design, questions: number): DesignEstimate => {
  const meters = metersOf(design)
  const { everything, newPerMonth } = storedGb(design.footprint)
  return {
    bill: billOf(meters, questions),
    standing: billOf(meters, 0),
    breaks: breaksOf(meters),
    freeUpTo: deliveriesOf(design.deployment).map((delivery) => freeUpTo(design, delivery)),
    footprint: design.footprint,
    storedGb: { everything: everything * questions, newPerMonth: newPerMonth * questions },
    deployment: design.deployment
  }
}

/** Terraform's variables by which the definitions are read. */
export interface Choices {
  readonly region?: string
  readonly delivery?: Delivery["by"]
}

/** Both designs with the same questions and prices, in the most expensive delivery. */
export const designsOf = Effect.fnUntraced(function* (
  { answerMs, eventKb, votes = 0 }: Omit<Traffic, "questions">,
  choices: Choices = {}
) {
  const definitions = yield* readDefinitions({ ...choices })
  const prices = yield* readPrices(definitions.region)
  const { customMetrics, sizes } = yield* readFootprint
  const traces = betweenSizes(sizes, eventKb)
  const resources = yield* readAllResources({ ...choices })
  const design = (side: "ours" | "original", deployment: Deployment): Design => ({
    prices,
    answerMs,
    // the original design takes no votes
    votesPerQuestion: side === "ours" ? votes / 100 : 0,
    delivery: worstDelivery(deployment),
    startMs: knownTimings.startMs,
    deployment,
    footprint: footprintOf(traces[side], {
      limits: prices.limits,
      processorMs: processorMs(knownTimings, side, eventKb)
    })
  })
  return {
    definitions,
    ours: design("ours", yield* deploymentOf(definitions, resources, customMetrics)),
    original: design("original", yield* originalDeployment)
  }
})

export const estimate = Effect.fnUntraced(function* (
  traffic: Traffic,
  { withOriginal = false, ...choices }: Choices & { readonly withOriginal?: boolean }
) {
  const { definitions, original, ours } = yield* designsOf(traffic, choices)
  const { ending, readOn, region: known } = ours.prices
  return {
    traffic,
    region: known,
    pricesReadOn: readOn,
    timingsMeasuredOn: knownTimings.measuredOn,
    ours: estimateDesign(ours, traffic.questions),
    original: withOriginal ? estimateDesign(original, traffic.questions) : undefined,
    peaks: peaksOf(definitions, ours),
    console: consoleUse(ours),
    ending
  } satisfies Estimate
})
