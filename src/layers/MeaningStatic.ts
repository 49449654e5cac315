/** Tells the meaning of English questions by a table of word vectors, without any service. */
import { readFileSync } from "node:fs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Meaning, MeaningUnavailable } from "../services/Meaning.ts"
import { decodeWordVectors, vectorOf } from "./meaning/WordVectors.ts"

/** Chosen on other files than those of the goals, after a look at these: docs/decisions/0014. */
const similarityMin = 0.75

/** The build copies it to the same place beside the bundle. */
const file = new URL("meaning/wordVectors.gz", import.meta.url)

/** The table is read when the first report asks; a file that is no table is an error then. */
export const layerOf = (table: URL) =>
  Layer.effect(
    Meaning,
    Effect.gen(function* () {
      const read = yield* Effect.cached(
        Effect.try({
          try: () => decodeWordVectors(readFileSync(table)),
          catch: () =>
            new MeaningUnavailable({ source: "static", reason: "the table cannot be read" })
        })
      )
      return {
        nearness: () =>
          Effect.map(read, (vectors) => ({
            by: "static" as const,
            nearness: { vectorOf: (text: string) => vectorOf(text, vectors), similarityMin }
          }))
      }
    })
  )

export const layer = layerOf(file)
