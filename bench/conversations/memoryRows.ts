/** The memory of whole reports, grouping and mail included, whose tallies hold every turn. */
import { alone, type Measure } from "../Measure.ts"
import { peakOf } from "../reporter/scale.ts"
import { runWeek } from "../reporter/WeekRun.ts"
import { announce } from "../step.ts"

/** The function has 1,024 MB, to which `bench -- reporter` holds the larger week. */
const weeks = [{ interactions: 100_000, memoryMbMax: 700 }, { interactions: 1_000_000 }]

export const memoryRows = async (
  nodeFlags: ReadonlyArray<string>
): Promise<ReadonlyArray<Measure>> => {
  const rows: Array<Measure> = []
  for (const { interactions, memoryMbMax } of weeks) {
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
