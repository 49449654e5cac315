/** The ledger's item of a week: its key, and the expiry of the report that it froze. */
import * as DateTime from "effect/DateTime"
import { periodOf, type WeekId } from "../../schema/IsoWeek.ts"
import { keptUntil } from "../../schema/Retention.ts"
import { reportKeptUntil, type WeeklyReport } from "../../schema/report/WeeklyReport.ts"
import { type ClaimKey, nameOf } from "../../services/ReportLedger.ts"
import type { Item } from "./DynamoDb.ts"

const utc = DateTime.zoneMakeOffset(0)

/** Ledger items have no `week` and no `sessionId`, so they stay out of both indexes. */
export const ledgerKey = (key: ClaimKey): Item => ({
  requestId: { S: `report#${nameOf(key)}` },
  timestamp: { N: "0" }
})

/** The one item of the owner's gaps; it holds no text of a visitor, and does not expire. */
export const gapsKey: Item = { requestId: { S: "report#gaps" }, timestamp: { N: "0" } }

/** Epoch seconds at which the table's TTL may delete the entry with the report in it. */
export const reportExpiresAt = (report: WeeklyReport): number =>
  Math.floor(reportKeptUntil(report) / 1000)

/** An entry without a report goes when the week's report would. */
export const entryExpiresAt = (weekId: WeekId): number =>
  Math.floor(keptUntil(periodOf(weekId, utc).startMs) / 1000)
