import { waitSeconds } from "../../../src/layers/EventSourceSqs.ts"
import { watchSecondsMax } from "../../../src/programs/reporter/watch/watch.ts"
import { countOfBatches, type Design } from "../Design.ts"
import { type Meter, meter, monthDays } from "../Meter.ts"
import type { Price, Prices } from "../Prices.ts"

/** Lambda gives a whole processor at this memory, and a share by memory below it. */
const wholeProcessorMb = 1769

/** The way from a function to the table and back, inside a region. */
const roundTripMs = 10

/** An idle instance is seen to live longer; Lambda documents no time. */
const idleLifeSeconds = 300

const slowdown = (memoryMb: number): number => Math.max(1, wholeProcessorMb / memoryMb)

const gbSecondsPrice = ({ of }: Prices, architecture: "arm64" | "x86_64"): Price =>
  architecture === "arm64" ? of.functionGbSecondsArm64 : of.functionGbSecondsX86

/** Invocations, by how many messages there are or how often the schedule fires. */
const invocations = ({ delivery }: Design, questions: number): number =>
  delivery.by === "schedule" ? delivery.runs : countOfBatches(delivery, questions)

/** A drain receives and deletes by itself, and waits for messages that do not come. */
const fetchMs = ({ delivery }: Design, questions: number): number =>
  delivery.by === "schedule"
    ? 2 * roundTripMs * countOfBatches(delivery, questions) + 1000 * waitSeconds * delivery.runs
    : 0

/** Storing, and starting anew whenever an instance may have been given up. */
const processorGbSeconds = (design: Design) => {
  const { delivery, deployment, footprint, startMs } = design
  const { memoryMb } = deployment.processor
  const { eachBatch, eachMessage } = footprint.roundTrips
  const questionMs = footprint.processorMs * slowdown(memoryMb) + 2 * eachMessage * roundTripMs
  const instances = delivery.by === "schedule" ? 1 : delivery.pollers
  const startsMax = (instances * monthDays * 86_400) / idleLifeSeconds
  return (questions: number): number => {
    const starts = Math.min(Math.ceil(invocations(design, questions)), startsMax)
    const ms =
      questions * questionMs +
      countOfBatches(delivery, questions) * eachBatch * roundTripMs +
      fetchMs(design, questions) +
      starts * startMs * slowdown(memoryMb)
    return (ms / 1000) * (memoryMb / 1024)
  }
}

export const functionMeters = (design: Design): ReadonlyArray<Meter> => {
  const { deployment, prices } = design
  const { processor, reporterArchitecture, reporterGbSeconds, runsPerMonth, watchesPerMonth } =
    deployment
  const processing = processorGbSeconds(design)
  const watching = watchesPerMonth * (watchSecondsMax / deployment.reporterTimeoutSeconds)
  const reporting = (runsPerMonth + watching) * reporterGbSeconds
  const isOne = processor.architecture === reporterArchitecture
  const price = gbSecondsPrice(prices, processor.architecture)
  const other = gbSecondsPrice(prices, reporterArchitecture)
  return [
    meter(
      "Lambda",
      "requests",
      prices.of.functionRequests,
      (questions) => Math.ceil(invocations(design, questions)) + runsPerMonth + watchesPerMonth
    ),
    meter(
      "Lambda",
      "GB-seconds",
      price,
      (questions) => processing(questions) + (isOne ? reporting : 0)
    ),
    ...(isOne ? [] : [meter("Lambda", "GB-seconds of the reporter", other, () => reporting)])
  ]
}
