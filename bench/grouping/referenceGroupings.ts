/** First attempts at grouping: equal texts, and TF-IDF cosine with single link. */
export type Grouping = ReadonlyArray<ReadonlyArray<number>>

const wordsOf = (text: string): ReadonlyArray<string> =>
  text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []

/** Groups texts with the same words in the same order, whatever their case and punctuation. */
export const exactMatch = (texts: ReadonlyArray<string>): Grouping => [
  ...Map.groupBy(texts.keys(), (index) => wordsOf(texts[index] ?? "").join(" ")).values()
]

type Weights = ReadonlyMap<string, number>

/** Raw counts, smoothed inverse document frequency and length 1, as scikit-learn has them. */
const tfIdf = (texts: ReadonlyArray<string>): ReadonlyArray<Weights> => {
  const all = texts.map(wordsOf)
  const frequency = new Map<string, number>()
  for (const words of all) {
    for (const word of new Set(words)) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  }
  return all.map((words) => {
    const weights = new Map<string, number>()
    for (const word of words) {
      const rarity = Math.log((1 + texts.length) / (1 + (frequency.get(word) ?? 0))) + 1
      weights.set(word, (weights.get(word) ?? 0) + rarity)
    }
    const length = Math.hypot(...weights.values())
    return new Map([...weights].map(([word, weight]) => [word, weight / length]))
  })
}

const postingsOf = (all: ReadonlyArray<Weights>) => {
  const postings = new Map<string, Array<readonly [index: number, weight: number]>>()
  for (const [index, weights] of all.entries()) {
    for (const [word, weight] of weights) {
      const posting = postings.get(word) ?? []
      if (posting.length === 0) postings.set(word, posting)
      posting.push([index, weight])
    }
  }
  return postings
}

/** Compares every pair, so the time grows with the square of the number of texts. */
export const tfIdfSingleLink = (texts: ReadonlyArray<string>, similarityMin: number): Grouping => {
  const all = tfIdf(texts)
  const postings = postingsOf(all)
  const leaders = texts.map((_, index) => index)
  const leaderOf = (index: number): number => {
    let leader = index
    while (leaders[leader] !== leader) leader = leaders[leader] ?? leader
    leaders[index] = leader
    return leader
  }
  for (const [index, weights] of all.entries()) {
    const similarities = new Map<number, number>()
    for (const [word, weight] of weights) {
      for (const [other, theirs] of postings.get(word) ?? []) {
        similarities.set(other, (similarities.get(other) ?? 0) + weight * theirs)
      }
    }
    for (const [other, similarity] of similarities) {
      if (similarity >= similarityMin) leaders[leaderOf(other)] = leaderOf(index)
    }
  }
  return [...Map.groupBy(texts.keys(), leaderOf).values()]
}
