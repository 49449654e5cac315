/** A fresh process that loads one engine's bundle and renders once: bundle and texts as files. */
import { readFileSync } from "node:fs"
import { joined, type TemplateEngine, type Texts } from "./Texts.ts"

const [, , bundle = "", file = ""] = process.argv
const { view, ...texts }: Texts & { readonly view: object } = JSON.parse(readFileSync(file, "utf8"))

const from = performance.now()
const { prepare }: TemplateEngine = await import(bundle)
const prepared = performance.now()
joined(prepare(texts)(view))
const ended = performance.now()
process.send?.({ totalMs: ended - from, renderMs: ended - prepared })
process.disconnect?.()
