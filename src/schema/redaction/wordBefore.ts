/**
 * Whether one of the words, separated by blanks, stands before a number, with no more than the gap
 * between them. A "." in a word stands for a blank.
 */
export const wordBefore = (words: string, gap: string): RegExp =>
  new RegExp(`(?:^|[^a-z])(?:${words.trim().split(/\s+/).join("|")})${gap}$`, "i")
