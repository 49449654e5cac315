/** The metrics that the programs make of their log lines, as their source names them. */
import { readdirSync } from "node:fs"
import { readSource } from "./Program.ts"

const root = new URL("../../", import.meta.url).pathname

const sources = readdirSync(`${root}src/programs`, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => readSource(`src/programs/${path}`).text)
  .filter((text) => text.includes("CloudWatchMetrics"))

const named = (pattern: RegExp) =>
  new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name!)))

export const namespaces = named(/\bNamespace: "([^"]+)"/g)

export const metricNames = named(/\bName: "([^"]+)"/g)
