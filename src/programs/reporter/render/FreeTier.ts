/** The week's use of AWS's free tier, which is by the account and mostly by the month. */
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Facts } from "./Facts.ts"
import { bytes, count, percent } from "./Format.ts"

/** Why these: docs/decisions/0023-numbers-of-the-pipeline.md. */
const free = {
  queueRequests: 1_000_000,
  calls: 1_000_000,
  writeUnitsPerSecond: 25,
  tableBytes: 25 * 1024 ** 3
} as const

interface Use {
  readonly label: string
  /** Absent if unknown. */
  readonly used: number | undefined
  readonly words: (used: number) => string
  readonly whole: number
  readonly of: string
  /** Turns the week's use into the use of the time that `whole` is for. */
  readonly factor: number
}

const weeksPerMonth = 31 / 7

const monthly = (whole: number) => ({
  whole,
  of: `${count(whole)} a month`,
  factor: weeksPerMonth
})

const usesOf = ({ period, pipeline = {} }: WeeklyReport): ReadonlyArray<Use> => {
  const { batches, requests, tableBytes, writeUnits } = pipeline
  const units = (free.writeUnitsPerSecond * (period.endMs - period.startMs)) / 1000
  return [
    {
      label: "Requests",
      used: requests,
      words: (n) => `at most ${count(n)} to the queue`,
      ...monthly(free.queueRequests)
    },
    {
      label: "Calls",
      used: batches,
      words: (n) => `${count(n)} of the processor`,
      ...monthly(free.calls)
    },
    {
      label: "Writes",
      used: writeUnits,
      words: (n) => `${count(n)} units`,
      whole: units,
      of: `${count(units)} a week`,
      factor: 1
    },
    {
      label: "Space",
      used: tableBytes,
      words: (n) => `${bytes(n)} in the table`,
      whole: free.tableBytes,
      of: bytes(free.tableBytes),
      factor: 1
    }
  ]
}

/** Early enough to do something about it. */
const nearShare = 0.8

const isNear = ({ factor, used = 0, whole }: Use): boolean => factor * used > nearShare * whole

const share = (words: string, used: number, whole: number): string =>
  `${words}, ${percent(used, whole)}`

/** A sentence while a month like this week is free, else the table; empty if unknown. */
export const freeTier = (
  report: WeeklyReport
): { readonly sentence: string; readonly table: Facts | undefined } => {
  const uses = usesOf(report)
  const isKnown = uses.every(({ used }) => used !== undefined)
  if (!uses.some(isNear)) {
    return {
      sentence: isKnown ? "AWS's free tier covers a month like this." : "",
      table: undefined
    }
  }
  return {
    sentence: "",
    table: {
      title: "AWS's free tier",
      caption: "A month like this week comes near the end of it, or passes it.",
      rows: uses.map(({ label, of, used, whole, words }) => ({
        label,
        value: `${used === undefined ? "unknown" : share(words(used), used, whole)} of ${of}`
      }))
    }
  }
}
