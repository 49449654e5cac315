/** How near the meanings of wordings are, from whatever source told it. */
export interface Nearness {
  /** A vector of length 1, all of one dimension; absent where the meaning is not known. */
  readonly vectorOf: (wording: string) => Float32Array | undefined
  /** The least average product of vectors inside a group, 0 to 1; it belongs to the source. */
  readonly similarityMin: number
}
