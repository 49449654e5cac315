/** A table of word vectors: how it is written to a file, and the vector of a text from it. */
import { gunzipSync, gzipSync } from "node:zlib"
import { unitDense } from "../../schema/questions/DenseVector.ts"
import { textHash } from "../../schema/report/textHash.ts"

export interface WordVectors {
  readonly dimensions: number
  /** Each word's row in the table. */
  readonly rows: ReadonlyMap<string, number>
  /** One row after the other; a word that says much has a long vector. */
  readonly weights: Int8Array
}

/** A text is known if the table has this share of its words. */
const knownMin = 0.6

/** The rest of a longer text adds little. */
const readLengthMax = 1_000

/** Endings such as "n't" and "'s"; negation is a mark, and not a matter of vectors. */
const contracted = /n't(?!\p{L})|'(?:s|m|d|t|ve|re|ll)(?!\p{L})/gu

/** Words that the table could have; numbers are marks, and "a" and "I" tell nothing. */
const wordsOf = (text: string): ReadonlyArray<string> =>
  text
    .slice(0, readLengthMax)
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(contracted, " ")
    .match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu)
    ?.filter((word) => !/^(?:[ai]|\p{N}+)$/u.test(word)) ?? []

/** The length that rare words have in the table. */
const unknownLength = 236

/** No other word has this direction, so that a name is near to itself alone. */
const ownVector = (word: string, dimensions: number): Float32Array => {
  const weights = Float32Array.from(
    { length: dimensions },
    (_, at) => textHash(`${at} ${word}`) / 0x80000000 - 1
  )
  return (unitDense(weights) ?? weights).map((weight) => unknownLength * weight)
}

/**
 * The sum of the vectors of its words; absent if the table has too few of them. A word that the
 * table lacks still parts two texts, because names and terms are what questions are about.
 */
export const vectorOf = (text: string, table: WordVectors): Float32Array | undefined => {
  const words = wordsOf(text)
  const known = words.filter((word) => table.rows.has(word))
  if (known.length === 0 || known.length < knownMin * words.length) return undefined
  const sum = new Float32Array(table.dimensions)
  for (const word of words) {
    const start = (table.rows.get(word) ?? Number.NaN) * sum.length
    const weights = Number.isNaN(start)
      ? ownVector(word, sum.length)
      : table.weights.subarray(start, start + sum.length)
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (weights[at] ?? 0)
  }
  return sum
}

/** The dimensions, a line for the words, and the weights; compressed. */
export const encodeWordVectors = ({ dimensions, rows, weights }: WordVectors): Uint8Array => {
  const head = Buffer.from(`${dimensions}\n${[...rows.keys()].join(" ")}\n`)
  return gzipSync(Buffer.concat([head, Buffer.from(weights.buffer)]), { level: 9 })
}

export const decodeWordVectors = (file: Uint8Array): WordVectors => {
  const bytes = gunzipSync(file)
  const first = bytes.indexOf("\n")
  const second = bytes.indexOf("\n", first + 1)
  const words = bytes.toString("utf8", first + 1, second).split(" ")
  return {
    dimensions: Number(bytes.toString("utf8", 0, first)),
    rows: new Map(words.map((word, row) => [word, row])),
    weights: new Int8Array(bytes.subarray(second + 1))
  }
}
