/**
 * A log line that CloudWatch also reads as metrics, by its Embedded Metric Format. It has no
 * dimension, so that each metric is one series; see docs/decisions/0013-metrics-in-the-log.md.
 */
export const metricNamespace = "cv-analytics"

export interface Metric<Name extends string> {
  readonly Name: Name
  readonly Unit: "Count" | "Milliseconds"
}

/** Writes the values as fields of the line; those that `metrics` names are metrics too. */
export const metricLine = <Values extends object>(
  values: Values,
  metrics: ReadonlyArray<Metric<Extract<keyof Values, string>>>,
  timestamp: number
) => ({
  ...values,
  _aws: {
    Timestamp: timestamp,
    CloudWatchMetrics: [{ Namespace: metricNamespace, Dimensions: [[]], Metrics: metrics }]
  }
})
