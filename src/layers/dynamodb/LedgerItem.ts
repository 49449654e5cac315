/** The ledger's item of a week: its key, and the expiry of the report that it froze. */
import { reportKeptUntil, type WeeklyReport } from "../../schema/report/WeeklyReport.ts"
import type { Claim } from "../../services/ReportLedger.ts"
import type { Item } from "./DynamoDb.ts"

/** Names a week's own report, or the interim one that was made before the week was over. */
export type LedgerKey = Pick<Claim, "weekId" | "interim">

/** Ledger items have no `week` and no `sessionId`, so they stay out of both indexes. */
export const ledgerKey = ({ interim, weekId }: LedgerKey): Item => ({
  requestId: { S: `report#${weekId}${interim === undefined ? "" : "#interim"}` },
  timestamp: { N: "0" }
})

/** Epoch seconds at which the table's TTL may delete the entry with the report in it. */
export const reportExpiresAt = (report: WeeklyReport): number =>
  Math.floor(reportKeptUntil(report) / 1000)
