/**
 * Writes the table of word vectors anew from two packages, which are installed for it: GloVe's
 * vectors and its order of words, and the vectors that a sentence encoder has for single words.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"
import * as Schema from "effect/Schema"
import { encodeWordVectors } from "../../src/layers/meaning/WordVectors.ts"
import { unitDense } from "../../src/schema/questions/DenseVector.ts"
import { wordTable } from "./wordTable.ts"

const wordsMax = 30_000

/** GloVe's words are ordered by frequency; those beyond are names and slips for the most part. */
const ranksMax = 60_000

const isWord = (word: string): boolean => /^'?[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(word)
