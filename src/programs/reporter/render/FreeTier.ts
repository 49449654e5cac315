/**
 * How much of what AWS gives away the week took; see
 * docs/decisions/0023-numbers-of-the-pipeline.md.
 */
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { bytes, count, percent } from "./Format.ts"

/** Of one account and region, for good; requests and calls are those of a month. */
const free = {
  queueRequests: 1_000_000,
  calls: 1_000_000,
  writeUnitsPerSecond: 25,
  tableBytes: 25 * 1024 ** 3
} as const

/** What is not known is said to be so, and never taken for nothing. */
const use = (
  label: string,
  used: number | undefined,
  words: (used: number) => string,
  { of, whole }: { readonly of: string; readonly whole: number }
) => ({
  label,
  value: `${used === undefined ? "unknown" : `${words(used)}, ${percent(used, whole)}`} of ${of}`
})

export const freeTier = ({ period, pipeline = {} }: WeeklyReport) => {
  const { batches, requests, tableBytes, writeUnits } = pipeline
  const units = (free.writeUnitsPerSecond * (period.endMs - period.startMs)) / 1000
  const monthly = (whole: number) => ({ whole, of: `${count(whole)} a month` })
  return [
    use(
      "Free requests",
      requests,
      (n) => `at most ${count(n)} to the queue`,
      monthly(free.queueRequests)
    ),
    use("Free calls", batches, (n) => `${count(n)} of the processor`, monthly(free.calls)),
    use("Free writes", writeUnits, (n) => `${count(n)} units`, {
      whole: units,
      of: `${count(units)} a week`
    }),
    use("Free space", tableBytes, (n) => `${bytes(n)} in the table`, {
      whole: free.tableBytes,
      of: bytes(free.tableBytes)
    })
  ]
}
