/** A simulated site, and the cost of its answers. */
import type { ModelPrice } from "../../src/schema/report/ModelPrice.ts"

export interface Site {
  readonly name: string
  readonly perWeek: number
  /** Leaves out the plan, so that every mail is false. */
  readonly isCalm?: true
}

/** Makes an answer's cost a tenth of a cent. */
export const model = "simulated"
export const tokensPerAnswer = 1000
export const prices: ReadonlyArray<ModelPrice> = [
  { model, from: "2026-01-01", input: 1, cachedInput: 1, output: 1 }
]

/** Three average days, or fifty answers on a site with fewer. */
export const dailyBudgetUsd = ({ perWeek }: Site): number =>
  (tokensPerAnswer / 1_000_000) * Math.max(50, (3 * perWeek) / 7)
