/** A message to a channel. A webhook sends it as it is; docs/webhook.md explains its fields. */
import * as Schema from "effect/Schema"
import { WeekId } from "./IsoWeek.ts"
import { GroupId } from "./report/GroupId.ts"
import { Measures } from "./report/WeeklyReport.ts"

export const noticeVersion = 1

/** A question is cut and disarmed as in the e-mail; what shows it has to escape its own markup. */
const NoticeRow = Schema.Struct({ question: Schema.String, note: Schema.String })

/** Texts are plain: no channel may read markup, a mention or a link in them. */
export const Notice = Schema.Struct({
  version: Schema.Literal(noticeVersion),
  /** The same for every try, so that a receiver can drop a repeat. */
  id: Schema.String,
  type: Schema.Literals(["report.weekly", "watch.alert"]),
  timestamp: Schema.Int,
  site: Schema.String,
  subject: Schema.String,
  lines: Schema.Array(Schema.String),
  figures: Schema.Array(
    Schema.Struct({ label: Schema.String, value: Schema.String, change: Schema.String })
  ),
  /** Empty while questions are hidden. */
  lists: Schema.Array(Schema.Struct({ title: Schema.String, rows: Schema.Array(NoticeRow) })),
  /** The numbers of a week's report, and of the week before if it is compared with. */
  report: Schema.optionalKey(
    Schema.Struct({
      week: WeekId,
      timeZone: Schema.String,
      from: Schema.Int,
      until: Schema.Int,
      numbers: Measures,
      before: Schema.optionalKey(Measures),
      /** The groups of like questions that were missed, most often missed first. */
      missed: Schema.Array(
        Schema.Struct({
          group: Schema.optionalKey(GroupId),
          asked: Schema.Natural,
          missed: Schema.Natural
        })
      )
    })
  ),
  /** The cause that the watch found. */
  alert: Schema.optionalKey(
    Schema.Struct({
      kind: Schema.String,
      cause: Schema.String,
      since: Schema.Int,
      counts: Schema.Record(Schema.String, Schema.Finite)
    })
  )
})
export type Notice = typeof Notice.Type
