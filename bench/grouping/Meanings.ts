/** The sources of meaning that the bench can ask. */
import * as Layer from "effect/Layer"
import * as MeaningStatic from "../../src/layers/MeaningStatic.ts"
import * as MeaningWords from "../../src/layers/MeaningWords.ts"
import { encoderLayer } from "./SentenceEncoder.ts"

export const meaningLayers = {
  words: MeaningWords.layer,
  static: MeaningStatic.layer,
  "workers-ai": Layer.unwrap(encoderLayer)
} as const

export type MeaningName = keyof typeof meaningLayers

export const meaningNames = Object.keys(meaningLayers) as ReadonlyArray<MeaningName>
