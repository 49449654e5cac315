/** A table of word vectors: how it is written to a file, and the vector of a text from it. */
import { gunzipSync, gzipSync } from "node:zlib"

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

/** Words as the table writes them: "what's" is "what" and "'s". */
export const wordsOf = (text: string): ReadonlyArray<string> =>
  text
    .slice(0, readLengthMax)
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("’", "'")
    .match(/'?[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? []

/** The sum of the vectors of its words; absent if too many of them are not in the table. */
export const vectorOf = (text: string, table: WordVectors): Float32Array | undefined => {
  const words = wordsOf(text)
  const known = words.flatMap((word) => table.rows.get(word) ?? [])
  if (known.length === 0 || known.length < knownMin * words.length) return undefined
  const sum = new Float32Array(table.dimensions)
  for (const row of known) {
    for (let at = 0; at < sum.length; at++) {
      sum[at] = (sum[at] ?? 0) + (table.weights[row * sum.length + at] ?? 0)
    }
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
