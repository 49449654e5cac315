/** How likely a count is by chance alone: the upper tails of two distributions. */

/** Terms below this part of the largest one change no sum. */
const negligible = 1e-12

/** Adds up terms from the first one on; `ratio` gives each next one from the one before. */
const tailFrom = (first: number, from: number, ratio: (at: number) => number): number => {
  let [sum, term] = [0, first]
  for (let at = from; term > negligible * sum; at++) {
    sum += term
    term *= ratio(at)
  }
  return Math.min(1, sum)
}

const logFactorial = (n: number): number => {
  let sum = 0
  for (let i = 2; i <= n; i++) sum += Math.log(i)
  return sum
}

/** The chance of `hits` or more in `tries`, of which each hits with this share. */
export const chanceOfHits = (hits: number, tries: number, share: number): number => {
  if (hits <= 0 || share >= 1) return 1
  if (hits > tries || share <= 0) return 0
  // from the middle on, the terms no longer fall, and no such count is surprising
  if (hits <= tries * share) return 1
  const first =
    logFactorial(tries) -
    logFactorial(hits) -
    logFactorial(tries - hits) +
    hits * Math.log(share) +
    (tries - hits) * Math.log1p(-share)
  const odds = share / (1 - share)
  return tailFrom(Math.exp(first), hits, (at) => (odds * (tries - at)) / (at + 1))
}

/** The chance of `count` or more where so many are usual. */
export const chanceOfCount = (count: number, usual: number): number => {
  if (count <= usual) return 1
  if (usual <= 0) return 0
  const first = count * Math.log(usual) - usual - logFactorial(count)
  return tailFrom(Math.exp(first), count, (at) => usual / (at + 1))
}
