/** Among shorter words a slip makes another word: "trial" and "trail", "contact" and "contract". */
const swapLengthMin = 6
const slipLengthMin = 8
const lengthMax = 24

/** A slip is made once or twice; what is written more often is meant. */
const slipsMax = 2

const isWord = (word: string): boolean =>
  word.length >= swapLengthMin && word.length <= lengthMax && /^\p{L}+$/u.test(word)

const single = (word: string): string => word.replace(/(.)\1/gu, "$1")

/** The word with each two neighbouring letters swapped, the first letter kept. */
const swapped = (word: string): ReadonlyArray<string> =>
  Array.from({ length: word.length - 2 }, (_, index) => {
    const [before, rest] = [word.slice(0, index + 1), word.slice(index + 1)]
    return `${before}${rest.charAt(1)}${rest.charAt(0)}${rest.slice(2)}`
  })

/** A long word with one letter less or none: words that share a form are one slip apart. */
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
 * For each rare word the more frequent one that it was meant to be: two letters swapped, a letter
 * doubled or not, and in long words a letter changed. First letters and digits are left alone, for
 * they make another word.
 */
export const spellings = (counts: ReadonlyMap<string, number>): ReadonlyMap<string, string> => {
  const byFrequency = [...counts]
    .filter(([word]) => isWord(word))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
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
