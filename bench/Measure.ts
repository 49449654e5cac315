import { numberTable } from "../cli/table.ts"

/** One measure of both sides in one run; ours is `ratio` times better. */
export interface Measure {
  readonly measure: string
  readonly ours: number
  readonly reference?: number
  /** Stands for a reference that did not live to have a number. */
  readonly referenceFailed?: "out of memory"
  readonly ratio?: number
  readonly target?: string
  readonly ok?: boolean
}

type Better = "less" | "more"

export interface Target {
  /** The limit of `ours`, in units of the measure. */
  readonly atMost?: number
  /** How many times better than the reference ours must be; "more than 1" is written as 1. */
  readonly timesAtLeast?: number
  /** How many times the reference ours may be, where it cannot be better. */
  readonly timesReferenceAtMost?: number
}

const targetOf = ({ atMost, timesAtLeast, timesReferenceAtMost }: Target): string => {
  if (timesReferenceAtMost !== undefined) return `≤ ${timesReferenceAtMost} × reference`
  return atMost === undefined ? `≥ ${timesAtLeast} ×` : `≤ ${atMost}`
}

const isMet = (
  { ours, ratio, reference }: { ours: number; ratio: number; reference: number },
  { atMost, timesAtLeast, timesReferenceAtMost }: Target
): boolean =>
  (atMost === undefined || ours <= atMost) &&
  (timesAtLeast === undefined || ratio >= timesAtLeast) &&
  (timesReferenceAtMost === undefined || ours <= reference * timesReferenceAtMost)

export const compared = (
  measure: string,
  sides: { readonly ours: number; readonly reference: number; readonly better: Better },
  target?: Target
): Measure => {
  const { better, ours, reference } = sides
  const ratio = better === "less" ? reference / ours : ours / reference
  return {
    measure,
    ours,
    reference,
    // 3 is not a multiple of 0
    ...(Number.isFinite(ratio) ? { ratio } : {}),
    ...(target === undefined
      ? {}
      : { target: targetOf(target), ok: isMet({ ours, ratio, reference }, target) })
  }
}

/** The reference has no counterpart of this number. */
export const alone = (measure: string, ours: number, atMost?: number): Measure => ({
  measure,
  ours,
  ...(atMost === undefined ? {} : { target: targetOf({ atMost }), ok: ours <= atMost })
})

/** Writes three digits, and never an exponent. */
export const figure = (value: number | undefined): string => {
  if (value === undefined) return ""
  if (Number.isInteger(value) || Math.abs(value) >= 100) return value.toFixed(0)
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2)
}

export const verdict = ({ ok }: Measure): string => (ok === undefined ? "" : ok ? "ok" : "MISSED")

export const tableOf = (measures: ReadonlyArray<Measure>, reference = "reference"): string =>
  numberTable([
    ["measure", "ours", reference, "ratio", "target", ""],
    ...measures.map((row) => [
      row.measure,
      figure(row.ours),
      row.referenceFailed ?? figure(row.reference),
      row.ratio === undefined ? "" : `${figure(row.ratio)} ×`,
      row.target ?? "",
      verdict(row)
    ])
  ])

/** The smallest value that this share of all values does not exceed. */
export const quantile = (values: ReadonlyArray<number>, share: number): number => {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export const median = (values: ReadonlyArray<number>): number => {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}
