import { quantile } from "../Measure.ts"

const resamples = 200

/** The same numbers in every run (a Lehmer generator), so that a report can be had again. */
const newRandom = () => {
  let state = 42
  return (): number => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/**
 * How far the ratio of two quantiles may be chance: the middle 95 of 100 ratios of samples that are
 * drawn from the samples, which is the bootstrap.
 */
export const spreadOf = (
  ours: ReadonlyArray<number>,
  reference: ReadonlyArray<number>,
  share: number
): readonly [number, number] => {
  const random = newRandom()
  const drawn = (values: ReadonlyArray<number>) =>
    values.map(() => values[Math.floor(random() * values.length)] ?? Number.NaN)
  const ratios = Array.from(
    { length: resamples },
    () => quantile(drawn(ours), share) / quantile(drawn(reference), share)
  )
  return [quantile(ratios, 0.025), quantile(ratios, 0.975)]
}
