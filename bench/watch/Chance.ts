import { sequence } from "../sequence.ts"

/** Draws of one seed. */
export const chanceOf = (seed: number) => {
  const next = sequence(seed * 2_654_435 + 12_345)
  // the first numbers of near seeds are alike
  for (let i = 0; i < 20; i++) next()
  const whole = (below: number): number => Math.floor(next() * below)
  /** Knuth's, which a large mean makes a sum of. */
  const poisson = (mean: number): number => {
    if (mean > 30) return poisson(mean / 2) + poisson(mean / 2)
    const limit = Math.exp(-mean)
    let [count, product] = [0, next()]
    while (product > limit) {
      count += 1
      product *= next()
    }
    return count
  }
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return { next, whole, poisson, normal, strikes: (share: number): boolean => next() < share }
}
export type Chance = ReturnType<typeof chanceOf>
