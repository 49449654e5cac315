import { type Metric, metricLine } from "../../runtime/MetricLine.ts"

/** What one invocation did, as numbers: a log line that CloudWatch also reads as metrics. */
export interface BatchCounts {
  readonly records: number
  readonly decoded: number
  readonly undecodable: number
  readonly returned: number
  /** Events whose time is more than a day ahead of the processor's. */
  readonly clockAhead: number
  readonly correlated: number
  readonly halves: number
  readonly stored: number
  readonly duplicates: number
  readonly conflicts: number
  readonly cut: number
  readonly retried: number
  /** Events that the edge gave up, as told by the questions stored here. */
  readonly edgeLost: number
  readonly writeUnits: number
  readonly durationMs: number
}

/**
 * Those that are metrics. An account has ten free ones and pays for every other, so the rest are
 * fields of the line, which Logs Insights can query all the same.
 */
const metrics: ReadonlyArray<Metric<keyof BatchCounts>> = [
  { Name: "records", Unit: "Count" },
  { Name: "undecodable", Unit: "Count" },
  { Name: "returned", Unit: "Count" },
  { Name: "stored", Unit: "Count" },
  { Name: "duplicates", Unit: "Count" },
  { Name: "conflicts", Unit: "Count" },
  { Name: "edgeLost", Unit: "Count" },
  { Name: "writeUnits", Unit: "Count" }
]

export const embeddedMetrics = (counts: BatchCounts, timestamp: number) =>
  metricLine(counts, metrics, timestamp)
