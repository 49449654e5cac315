/** The memory of whole reports, grouping and mail included, whose tallies hold every turn. */
import { alone, type Measure } from "../Measure.ts"
import { peakOf } from "../reporter/scale.ts"
import { runWeek } from "../reporter/WeekRun.ts"
import { announce } from "../step.ts"

const lengths = [100_000, 1_000_000]
const memoryMbMax = 700

export const memoryRows = async (
  nodeFlags: ReadonlyArray<string>
): Promise<ReadonlyArray<Measure>> => {
  const rows: Array<Measure> = []
  for (const interactions of lengths) {
    const size = `${interactions / 1000}k interactions`
    announce(`a week of ${size}`)
    const run = await runWeek(
      { interactions, way: "folded", bodyBytes: 0, wording: "usual" },
      nodeFlags
    )
    if (run.report === undefined) throw new Error(`${size}: out of memory`)
    rows.push(alone(`peak memory of the report of ${size}, MB`, peakOf(run), memoryMbMax))
  }
  return rows
}
