import { numberTable } from "../../cli/table.ts"
import { figure } from "../Measure.ts"
import type { ScaleMeasure } from "./scale.ts"

const verdict = ({ ok }: ScaleMeasure): string => (ok === undefined ? "" : ok ? "ok" : "MISSED")

export const scaleTable = (rows: ReadonlyArray<ScaleMeasure>): string =>
  numberTable([
    ["measure", "ours", "load all", "ratio", "target", ""],
    ...rows.map((row) => [
      row.measure,
      figure(row.ours),
      row.referenceFailed ?? figure(row.reference),
      row.ratio === undefined ? "" : `${figure(row.ratio)} ×`,
      row.target ?? "",
      verdict(row)
    ])
  ])
