/** Reports of weeks of three sizes, each made in a process with a Lambda's memory. */
import { compared, type Measure } from "../Measure.ts"
import { announce } from "../step.ts"
import { runWeek, type StepName, type WeekRun } from "./WeekRun.ts"

export interface Limits {
  readonly memoryMb: number
  readonly timeoutSeconds: number
  readonly nodeFlags: ReadonlyArray<string>
}

const lengths = [10_000, 100_000, 1_000_000]
/** A twentieth of the original's bodies; with 20 KB it ends far earlier, as a further row shows. */
const smallBodyBytes = 1024
const bodyBytes = 20 * 1024
/** Caches and collections cost more with more memory; linear means less than twice as slow. */
const growthMax = 2

interface Pair {
  readonly interactions: number
  readonly ours: WeekRun
  readonly reference: WeekRun
}

const stepOf = ({ steps }: WeekRun, name: StepName) => steps.find((step) => step.name === name)

const msOf = (run: WeekRun, ...names: ReadonlyArray<StepName>): number =>
  names.reduce((sum, name) => sum + (stepOf(run, name)?.ms ?? 0), 0)

export const peakOf = ({ steps }: WeekRun): number => Math.max(...steps.map(({ peakMb }) => peakMb))
const heapOf = ({ steps }: WeekRun): number => Math.max(...steps.map((step) => step.heapMb))

const target = (ours: number, atMost: number) => ({ target: `≤ ${atMost}`, ok: ours <= atMost })

type Value = (run: WeekRun) => number

/** Compares with the original if that came to its end. */
const row = (
  measure: string,
  { ours, reference }: Pair,
  { atMost, of }: { readonly of: Value; readonly atMost?: number }
): Measure =>
  reference.report === undefined
    ? {
        measure,
        ours: of(ours),
        referenceFailed: "out of memory",
        ...(atMost === undefined ? {} : target(of(ours), atMost))
      }
    : compared(
        measure,
        { ours: of(ours), reference: of(reference), better: "less" },
        atMost === undefined ? undefined : { atMost }
      )

const rowsOf = (pair: Pair, { memoryMb, timeoutSeconds }: Limits): ReadonlyArray<Measure> => {
  const size = `${pair.interactions / 1000}k`
  const mb =
    (name: StepName): Value =>
    (run) =>
      stepOf(run, name)?.peakMb ?? 0
  const seconds: Value = (run) => msOf(run, "load", "count", "summarize", "render") / 1000
  const grouping: Value = (run) => msOf(run, "summarize") - msOf(run, "figures")
  return [
    { measure: `week of ${size}: distinct questions`, ours: pair.ours.distinct },
    row("  load and count, ms", pair, { of: (run) => msOf(run, "load", "count") }),
    row("    peak memory, MB", pair, { of: (run) => Math.max(mb("load")(run), mb("count")(run)) }),
    row("  summarize: question groups, ms", pair, { of: grouping }),
    row("  summarize: all else, ms", pair, { of: (run) => msOf(run, "figures") }),
    row("    peak memory, MB", pair, { of: mb("summarize") }),
    row("  render, ms", pair, { of: (run) => msOf(run, "render") }),
    row("    peak memory, MB", pair, { of: mb("render") }),
    row(`  whole week of ${size}, s`, pair, { of: seconds, atMost: timeoutSeconds }),
    row(`  peak heap of ${size}, MB`, pair, { of: heapOf }),
    row(`  peak memory of ${size}, MB`, pair, { of: peakOf, atMost: memoryMb })
  ]
}

/** The growth of the cost per item from one size to the next; 1 is linear. */
const growthRows = (pairs: ReadonlyArray<Pair>): ReadonlyArray<Measure> =>
  pairs.slice(1).flatMap((pair, at) => {
    const before = pairs[at] ?? pair
    const sizes = `${before.interactions / 1000}k to ${pair.interactions / 1000}k`
    const growth = (value: Value, size: (pair: Pair) => number) =>
      value(pair.ours) / size(pair) / (value(before.ours) / size(before))
    const counting = growth(
      (run) => msOf(run, "count"),
      ({ interactions }) => interactions
    )
    const grouping = growth(
      (run) => msOf(run, "summarize"),
      ({ ours }) => ours.distinct
    )
    const memory = growth(peakOf, ({ interactions }) => interactions)
    return [
      {
        measure: `growth, ${sizes}: ms per interaction counted, times`,
        ours: counting,
        ...target(counting, growthMax)
      },
      { measure: "  ms per distinct question grouped, times", ours: grouping },
      {
        measure: "  peak memory per interaction, times",
        ours: memory,
        ...target(memory, growthMax)
      }
    ]
  })

/** Both ways have to make the same report. */
const runBoth = async (interactions: number, { nodeFlags }: Limits): Promise<Pair> => {
  const week = { interactions, bodyBytes: smallBodyBytes, wording: "usual" } as const
  const ours = await runWeek({ ...week, way: "folded" }, nodeFlags)
  const reference = await runWeek({ ...week, way: "loaded" }, nodeFlags)
  if (ours.report === undefined) throw new Error(`${interactions} interactions: out of memory`)
  if (reference.report !== undefined && reference.report !== ours.report) {
    throw new Error(`the two reports of ${interactions} interactions differ`)
  }
  return { interactions, ours, reference }
}

/** Every question is new and 300 characters long: the worst that can be put into a week. */
const floodLength = 100_000

/** The function has more, which the measure of a whole process leaves to its runtime. */
const floodMemoryMb = 900

const floods = { han: "Han characters", letters: "random letters" } as const

const floodRows = async (
  wording: keyof typeof floods,
  { nodeFlags, timeoutSeconds }: Limits
): Promise<ReadonlyArray<Measure>> => {
  announce(`a flood of ${floods[wording]}`)
  const run = await runWeek(
    { interactions: floodLength, way: "folded", bodyBytes: 0, wording },
    nodeFlags
  )
  if (run.report === undefined) throw new Error(`a flood of ${floods[wording]}: out of memory`)
  const seconds = msOf(run, "count", "summarize", "render") / 1000
  return [
    {
      measure: `flood of ${floodLength / 1000}k × 300 ${floods[wording]}, s`,
      ours: seconds,
      ...target(seconds, timeoutSeconds)
    },
    { measure: "  peak memory, MB", ours: peakOf(run), ...target(peakOf(run), floodMemoryMb) },
    { measure: "  questions not compared", ours: run.ungrouped }
  ]
}

export const measureScale = async (limits: Limits): Promise<ReadonlyArray<Measure>> => {
  const pairs: Array<Pair> = []
  for (const interactions of lengths) {
    announce(`a week of ${interactions / 1000}k`)
    pairs.push(await runBoth(interactions, limits))
  }
  announce("whole records of 2 × 20 KB")
  const interactions = Math.max(...lengths)
  const whole = await runWeek(
    { interactions, way: "loaded", bodyBytes, wording: "usual" },
    limits.nodeFlags
  )
  const held = (size: string, { loaded }: WeekRun): Measure => ({
    measure: `interactions counted before memory is full, bodies of ${size}`,
    ours: interactions,
    reference: loaded,
    ratio: interactions / loaded
  })
  return [
    ...pairs.flatMap((pair) => rowsOf(pair, limits)),
    ...growthRows(pairs),
    ...pairs.slice(-1).map(({ reference }) => held("2 × 1 KB", reference)),
    held("2 × 20 KB", whole),
    ...(await floodRows("han", limits)),
    ...(await floodRows("letters", limits))
  ]
}
