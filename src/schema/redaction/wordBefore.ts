/**
 * Matches text that ends with one of the words and at most the gap. The words are separated by
 * blanks, and a "." in a word stands for a blank.
 */
export const wordBefore = (words: string, gap: string): RegExp =>
  new RegExp(`(?:^|[^a-z])(?:${words.trim().split(/\s+/).join("|")})${gap}$`, "i")
