/** The numbers by which a week's frozen report and the same week counted now differ. */
import type { WeeklyReport } from "../../src/schema/report/WeeklyReport.ts"
import type { Difference } from "./ConsoleData.ts"

/** They tell of the moment of counting, not of the week. */
const momentary: ReadonlySet<string> = new Set([
  "generatedAt",
  "deadLetters",
  "readUntil",
  "pipeline.tableBytes"
])

/** Every number outside the lists, by its path. */
const numbersIn = (value: unknown, path = ""): ReadonlyArray<readonly [string, number]> => {
  if (typeof value === "number") return [[path, value]]
  if (typeof value !== "object" || value === null || Array.isArray(value)) return []
  return Object.entries(value).flatMap(([key, part]) =>
    numbersIn(part, path === "" ? key : `${path}.${key}`)
  )
}

const numbersOf = ({ period: _, ...report }: WeeklyReport) =>
  new Map(numbersIn(report).filter(([name]) => !momentary.has(name)))

/** In the order of the report; a number that one report lacks is undefined there. */
export const differencesOf = (
  frozen: WeeklyReport,
  today: WeeklyReport
): ReadonlyArray<Difference> => {
  const [then, now] = [numbersOf(frozen), numbersOf(today)]
  return [...new Set([...then.keys(), ...now.keys()])]
    .map((name) => ({ name, frozen: then.get(name), today: now.get(name) }))
    .filter(({ frozen: one, today: other }) => one !== other)
}
