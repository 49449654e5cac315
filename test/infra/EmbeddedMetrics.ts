/** The metrics that the programs make of their log lines. */
import { metrics as ofProcessor } from "../../src/programs/processor/BatchMetrics.ts"
import { metrics as ofReporter } from "../../src/programs/reporter/ReportMetrics.ts"

export const metricNames: ReadonlySet<string> = new Set(
  [...ofProcessor, ...ofReporter].map(({ Name }) => Name)
)
