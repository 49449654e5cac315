import type { Random } from "./Random.ts"

/** The machines that have a clock by which a program of the product goes. */
export const machineKinds = ["edge", "processor", "reporter"] as const
export type MachineKind = (typeof machineKinds)[number]

/** Every clock of this kind is wrong by `error` milliseconds, from `at` on. */
export interface ClockStep {
  readonly at: number
  readonly error: number
}

export type ClockSteps = Readonly<Record<MachineKind, ReadonlyArray<ClockStep>>>

const minute = 60_000
const hour = 60 * minute

const largeErrors = [
  -7 * 24 * hour,
  -9 * hour,
  -20 * minute,
  20 * minute,
  9 * hour,
  26 * hour
] as const
const smallErrors = [-1500, -400, 400, 1500] as const

/** One machine's clock differs by at most so much from the others of its kind. */
const skewMax = 500

/**
 * Clocks that are set right by a network differ by less than this. The reporter's promises hold
 * whatever such clocks do; larger errors may cost a second e-mail.
 */
export const usualDifferenceMs = 2 * (1500 + skewMax)

/** Milliseconds by which one more machine differs from the others of its kind. */
export const skewOf = (chance: Random): number => chance.whole(-skewMax, skewMax)

export const errorAt = (steps: ReadonlyArray<ClockStep>, time: number): number =>
  steps.findLast(({ at }) => at <= time)?.error ?? 0

interface Span {
  readonly from: number
  readonly to: number
  /** When visitors ask. */
  readonly questionsAt: ReadonlyArray<number>
  readonly fireAt: number
}

/** One step that stays, and maybe one in the middle of an answer. */
const edgeSteps = (chance: Random, { from, questionsAt, to }: Span): ReadonlyArray<ClockStep> => {
  const steps = chance.chance(0.65)
    ? []
    : [{ at: chance.whole(from, to), error: chance.pick(largeErrors) }]
  const askedAt = questionsAt[chance.whole(0, questionsAt.length)]
  if (askedAt === undefined || chance.chance(0.7)) return steps
  const duringAnswer = { at: askedAt + chance.whole(1, 300), error: chance.pick(smallErrors) }
  return [...steps, duringAnswer].sort((one, other) => one.at - other.at)
}

/** Steps while the functions are at work: one around the time at which the schedule fires. */
const workSteps = (chance: Random, { fireAt, from }: Span): ReadonlyArray<ClockStep> => {
  if (chance.chance(0.5)) return []
  const at = chance.pick([
    chance.whole(from, fireAt),
    fireAt - chance.whole(1, 60) * minute,
    fireAt + chance.whole(1, 200),
    fireAt + chance.whole(1, 50)
  ])
  const error = chance.chance(0.7) ? chance.pick(largeErrors) : chance.pick(smallErrors)
  const backAt = chance.pick([at + chance.whole(1, 1000), at + chance.whole(1, 90) * minute])
  return [
    { at, error },
    { at: backAt, error: 0 }
  ]
}

export const clockStepsOf = (chance: Random, span: Span): ClockSteps => ({
  edge: edgeSteps(chance, span),
  processor: workSteps(chance, span),
  reporter: workSteps(chance, span)
})
