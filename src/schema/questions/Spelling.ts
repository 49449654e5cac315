/** A slip in a shorter word makes another word: "trial" and "trail", "contact" and "contract". */
const swapLengthMin = 6
const slipLengthMin = 8
const lengthMax = 24

/** The most frequent words alone are looked at, because each word has a dozen forms. */
const wordsMax = 50_000

/** A word in more questions than this is meant as it stands. */
const slipsMax = 2

const isWord = (word: string): boolean =>
  word.length >= swapLengthMin && word.length <= lengthMax && /^\p{L}+$/u.test(word)

const single = (word: string): string => word.replace(/(.)\1/gu, "$1")

/** Swaps each pair of neighbouring letters after the first. */
const swapped = (word: string): ReadonlyArray<string> =>
  Array.from({ length: word.length - 2 }, (_, index) => {
    const [before, rest] = [word.slice(0, index + 1), word.slice(index + 1)]
    return `${before}${rest.charAt(1)}${rest.charAt(0)}${rest.slice(2)}`
  })

/** Forms of a long word without one letter: words that share a form are one slip apart. */
const shortened = (word: string): ReadonlyArray<string> =>
  word.length < slipLengthMin
    ? []
    : [
        `-${word}`,
        ...Array.from(
          word.slice(1),
          (_, index) => `-${word.slice(0, index + 1)}${word.slice(index + 2)}`
        )
      ]

/**
 * Maps a rare word to the frequent one that it stands for: letters swapped or doubled, or one
 * letter of a long word changed. A different first letter or digit makes another word.
 */
export const spellings = (counts: ReadonlyMap<string, number>): ReadonlyMap<string, string> => {
  const byFrequency = [...counts]
    .filter(([word]) => isWord(word))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, wordsMax)
  const meant = new Map<string, string>()
  const known = new Map<string, string>()
  for (const [word, count] of byFrequency) {
    const bare = single(word)
    const near = [bare, ...swapped(bare), ...shortened(bare)]
    const found = near.map((form) => known.get(form)).find((other) => other !== undefined)
    if (found !== undefined && count <= slipsMax) meant.set(word, found)
    else for (const form of [bare, ...shortened(bare)]) if (!known.has(form)) known.set(form, word)
  }
  return meant
}
