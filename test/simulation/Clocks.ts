import type { Random } from "./Random.ts"

/** The machines that have a clock by which a program of the product goes. */
export const machineKinds = ["edge", "processor", "reporter"] as const
export type MachineKind = (typeof machineKinds)[number]

/** From `at` on, every clock of this kind is wrong by `error` milliseconds. */
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

/** One step that stays, or a clock that is right. */
const oneStep = (chance: Random, from: number, to: number): ReadonlyArray<ClockStep> =>
  chance.chance(0.65) ? [] : [{ at: chance.whole(from, to), error: chance.pick(largeErrors) }]

/** Steps while the functions are at work: one around the time at which the schedule fires. */
const workSteps = (chance: Random, from: number, fireAt: number): ReadonlyArray<ClockStep> => {
  if (chance.chance(0.5)) return []
  const at = chance.pick([
    chance.whole(from, fireAt),
    fireAt - chance.whole(1, 60) * minute,
    fireAt + chance.whole(1, 200)
  ])
  const error = chance.chance(0.5) ? chance.pick(largeErrors) : chance.pick(smallErrors)
  const backAt = chance.pick([at + chance.whole(1, 1000), at + chance.whole(1, 90) * minute])
  return [
    { at, error },
    { at: backAt, error: 0 }
  ]
}

export const clockStepsOf = (chance: Random, from: number, to: number, fireAt: number) => ({
  edge: oneStep(chance, from, to),
  processor: workSteps(chance, from, fireAt),
  reporter: workSteps(chance, from, fireAt)
})
