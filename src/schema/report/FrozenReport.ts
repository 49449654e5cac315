/** A report as JSON, which the ledger keeps and every e-mail of the week is made from. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { WeeklyReport } from "./WeeklyReport.ts"

const ReportJson = Schema.fromJsonString(WeeklyReport)
export const encodeReport = Schema.encodeSync(ReportJson)

/** None for a report of an older version that this one cannot read. */
export const decodeReport = Schema.decodeUnknownOption(ReportJson)

/** An item of the table holds 400 KB, with its other attributes. */
const bytesMax = 390 * 1024

/** The ledger cannot keep these numbers: one is out of its range, or all are too long. */
export class ReportUnfit extends Data.TaggedError("ReportUnfit")<{ readonly detail: string }> {
  override get message() {
    return `the report cannot be kept: ${this.detail}`
  }
}

const tryEncode = Schema.encodeEffect(ReportJson)
const tryDecode = Schema.decodeEffect(ReportJson)
const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** The report as it comes back from the ledger. */
export const thawed = (report: WeeklyReport): Effect.Effect<WeeklyReport, ReportUnfit> =>
  tryEncode(report).pipe(
    Effect.filterOrFail(
      (json) => bytesOf(json) <= bytesMax,
      (json) => new ReportUnfit({ detail: `it has ${bytesOf(json)} bytes` })
    ),
    Effect.flatMap(tryDecode),
    Effect.catchTag("SchemaError", ({ message }) =>
      Effect.fail(new ReportUnfit({ detail: message.replaceAll(/\s+/g, " ") }))
    )
  )
