import { quantile } from "../Measure.ts"
import { sequence } from "../sequence.ts"

const resamples = 200

/** The middle 95 of 100 ratios of two quantiles, over resamples of both sides (the bootstrap). */
export const spreadOf = (
  ours: ReadonlyArray<number>,
  reference: ReadonlyArray<number>,
  share: number
): readonly [number, number] => {
  const random = sequence(42)
  const drawn = (values: ReadonlyArray<number>) =>
    values.map(() => values[Math.floor(random() * values.length)] ?? Number.NaN)
  const ratios = Array.from(
    { length: resamples },
    () => quantile(drawn(ours), share) / quantile(drawn(reference), share)
  )
  return [quantile(ratios, 0.025), quantile(ratios, 0.975)]
}
