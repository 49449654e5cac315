import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

/** One value of a log line in the Embedded Metric Format. */
export interface MetricPoint {
  readonly namespace: string
  readonly metric: string
  /** Values by name; they are a part of the metric's identity. */
  readonly dimensions: Readonly<Record<string, string>>
  readonly timestampMs: number
  readonly value: number
}

const Directive = Schema.Struct({
  Namespace: Schema.String,
  Dimensions: Schema.Array(Schema.Array(Schema.String)),
  Metrics: Schema.Array(Schema.Struct({ Name: Schema.String }))
})
const Line = Schema.fromJsonString(
  Schema.StructWithRest(
    Schema.Struct({
      _aws: Schema.Struct({
        Timestamp: Schema.Int,
        CloudWatchMetrics: Schema.Array(Directive)
      })
    }),
    [Schema.Record(Schema.String, Schema.Unknown)]
  )
)
const decodeLine = Schema.decodeUnknownOption(Line)

const dimensionsIn = (fields: Readonly<Record<string, unknown>>, names: ReadonlyArray<string>) =>
  Object.fromEntries(names.map((name) => [name, String(fields[name])]))

/** Reads the metrics of a line. Other lines have none, and a field must be a finite number. */
export const pointsOf = (line: string): ReadonlyArray<MetricPoint> =>
  Option.match(decodeLine(line), {
    onNone: () => [],
    onSome: ({ _aws: { CloudWatchMetrics, Timestamp }, ...fields }) =>
      CloudWatchMetrics.flatMap(({ Dimensions, Metrics, Namespace }) =>
        Dimensions.flatMap((names) =>
          Metrics.flatMap(({ Name }) => {
            const value = fields[Name]
            if (typeof value !== "number" || !Number.isFinite(value)) return []
            const dimensions = dimensionsIn(fields, names)
            const timestampMs = Timestamp
            return [{ namespace: Namespace, metric: Name, dimensions, timestampMs, value }]
          })
        )
      )
  })
