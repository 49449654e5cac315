/** The metrics that the programs make of their log lines, as their source names them. */
import { readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { metricNamespace } from "../../src/runtime/MetricLine.ts"
import { readSource } from "./Program.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

const sources = readdirSync(`${root}src/programs`, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => readSource(`src/programs/${path}`).text)
  .filter((text) => text.includes("MetricLine.ts"))

export const namespaces = new Set([metricNamespace])

export const metricNames = new Set(
  sources.flatMap((text) => [...text.matchAll(/\bName: "([^"]+)"/g)].map(([, name]) => name!))
)
