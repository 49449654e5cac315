/** English sentences from documentation, and the choice of the least repetitive. */

const withoutMarkup = (text: string): string =>
  text
    .replace(/```[\s\S]*?```/g, "\n\n")
    .replace(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, "$1")
    .replace(/<[^>]+>/g, "")
    .replace(/[`*_]/g, "")

const isProse = (sentence: string): boolean =>
  /^[\x20-\x7e]*$/.test(sentence) && !/[{}|=;<>[\]\\]|:\/\/|\(\)/.test(sentence)

/** Sentences of 60 to 280 characters without code, links and tables. */
export const sentencesOf = (markdown: string): ReadonlyArray<string> =>
  withoutMarkup(markdown)
    .split(/\n\s*\n|\n(?=\s*[-*#>|] )/)
    .flatMap((part) => part.replace(/\s+/g, " ").match(/[A-Z][^.!?]{60,280}[.!?](?= |$)/g) ?? [])
    .filter(isProse)

export const commentsOf = (source: string): string =>
  (source.match(/\/\*\*[\s\S]*?\*\//g) ?? []).join("\n\n").replace(/^\s*\* ?/gm, "")

const wordsOf = (sentence: string): ReadonlyArray<string> =>
  sentence.toLowerCase().match(/[a-z]+/g) ?? []

/**
 * Sorts sentences by the rarity of their words, and drops those that begin or end like another.
 * The result is denser than any of its sources.
 */
export const densest = (sentences: ReadonlyArray<string>): ReadonlyArray<string> => {
  const frequency = new Map<string, number>()
  for (const sentence of sentences) {
    for (const word of new Set(wordsOf(sentence))) {
      frequency.set(word, (frequency.get(word) ?? 0) + 1)
    }
  }
  const rarity = (sentence: string): number => {
    const words = wordsOf(sentence)
    return words.reduce((sum, word) => sum - Math.log2(frequency.get(word) ?? 1), 0) / words.length
  }
  const seen = new Set<string>()
  return [...new Set(sentences)]
    .map((sentence) => ({ sentence, rarity: rarity(sentence) }))
    .sort((a, b) => b.rarity - a.rarity || (a.sentence < b.sentence ? -1 : 1))
    .filter(({ sentence }) => {
      const words = wordsOf(sentence)
      const ends = [`^${words.slice(0, 4).join(" ")}`, `${words.slice(-4).join(" ")}$`]
      const isNew = ends.every((end) => !seen.has(end))
      for (const end of ends) seen.add(end)
      return isNew
    })
    .map(({ sentence }) => sentence)
}
