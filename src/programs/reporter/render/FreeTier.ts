/** The week's use of AWS's free tier, which is by the account and mostly by the month. */
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
import type { Facts } from "./Facts.ts"

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

const usesOf = (
  { period, pipeline = {} }: WeeklyReport,
  { freeTier: said, numbers: { bytes } }: Words
): ReadonlyArray<Use> => {
  const { batches, requests, tableBytes, writeUnits } = pipeline
  const units = (free.writeUnitsPerSecond * (period.endMs - period.startMs)) / 1000
  const monthly = (whole: number) => ({
    whole,
    of: said.monthly(whole),
    factor: weeksPerMonth
  })
  return [
    { label: said.requests, used: requests, words: said.toQueue, ...monthly(free.queueRequests) },
    { label: said.calls, used: batches, words: said.ofProcessor, ...monthly(free.calls) },
    {
      label: said.writes,
      used: writeUnits,
      words: said.units,
      whole: units,
      of: said.weekly(units),
      factor: 1
    },
    {
      label: said.space,
      used: tableBytes,
      words: (n) => said.inTable(bytes(n)),
      whole: free.tableBytes,
      of: bytes(free.tableBytes),
      factor: 1
    }
  ]
}

/** Early enough to do something about it. */
const nearShare = 0.8

const isNear = ({ factor, used = 0, whole }: Use): boolean => factor * used > nearShare * whole

/** A sentence while a month like this week is free, else the table; empty if unknown. */
export const freeTier = (
  report: WeeklyReport,
  words: Words
): { readonly sentence: string; readonly table: Facts | undefined } => {
  const { freeTier: said, numbers } = words
  const uses = usesOf(report, words)
  const isKnown = uses.every(({ used }) => used !== undefined)
  if (!uses.some(isNear)) return { sentence: isKnown ? said.covered : "", table: undefined }
  return {
    sentence: "",
    table: {
      title: said.title,
      caption: said.caption,
      rows: uses.map(({ label, of, used, whole, words: written }) => {
        const use =
          used === undefined ? said.unknown : `${written(used)}, ${numbers.percent(used, whole)}`
        return { label, value: said.of(use, of) }
      })
    }
  }
}
