/** Knows no meaning, so that like questions are those of like words. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Meaning } from "../services/Meaning.ts"

export const layer: Layer.Layer<Meaning> = Layer.succeed(Meaning, {
  nearness: () => Effect.succeed({ by: "words" })
})
