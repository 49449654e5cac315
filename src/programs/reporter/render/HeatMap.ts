/** Questions by day and four-hour cell, so that a week fits on a telephone. */
import { isWhole, type WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { dateAt } from "../words/Dates.ts"
import type { Words } from "../words/English.ts"
import { ownText } from "./VisitorText.ts"

export interface HeatCell {
  readonly count: string
  readonly title: string
  /** True at the cell's colour: 0 for an empty cell, 1 to 5 for the fifths of the others. */
  readonly steps: ReadonlyArray<boolean>
}

export interface HeatRow {
  readonly day: string
  readonly cells: ReadonlyArray<HeatCell>
  readonly total: string
}

export interface HeatMap {
  readonly title: string
  readonly caption: string
  readonly hours: ReadonlyArray<{ readonly from: string; readonly span: string }>
  readonly rows: ReadonlyArray<HeatRow>
}

const hoursPerCell = 4
const heatSteps = 5

const twoDigits = (n: number): string => String(n).padStart(2, "0")

const hoursIn = ({ heat }: Words) =>
  Array.from({ length: 24 / hoursPerCell }, (_, at) => {
    const [from, to] = [twoDigits(at * hoursPerCell), twoDigits((at + 1) * hoursPerCell)]
    return { from, span: heat.span(`${from}:00`, `${to}:00`) }
  })

/**
 * The fifth of a count among all counts above 0, so that one busy hour does not make the others
 * pale. Equal counts share the palest of their colours.
 */
export const heatStep = (amount: number, counts: ReadonlyArray<number>): number => {
  if (amount === 0) return 0
  const others = counts.filter((other) => other > 0)
  const below = others.filter((other) => other < amount).length
  return 1 + Math.floor((heatSteps * below) / others.length)
}

const sum = (amounts: ReadonlyArray<number>): number => amounts.reduce((all, n) => all + n, 0)

interface Slot {
  readonly day: string
  readonly span: string
  readonly amount: number
}

/** Leaves out the days that an unfinished week has yet to see. */
const daysSoFar = (report: WeeklyReport): WeeklyReport["days"] => {
  const today = isWhole(report) ? undefined : dateAt(report.generatedAt, report.period.timeZone)
  return today === undefined ? report.days : report.days.filter(({ date }) => date <= today)
}

const slotsOf = (report: WeeklyReport, words: Words): ReadonlyArray<ReadonlyArray<Slot>> =>
  daysSoFar(report).map(({ date }, row) =>
    hoursIn(words).map(({ span }, at) => {
      const start = at * hoursPerCell
      const cell = report.hours[row]?.slice(start, start + hoursPerCell) ?? []
      return { day: words.dates.shortDay(ownText(date, 10)), span, amount: sum(cell) }
    })
  )

/** Absent in a week without questions. */
export const heatMap = (report: WeeklyReport, words: Words): HeatMap | undefined => {
  const rows = slotsOf(report, words)
  const { narrow } = words.numbers
  const [first, ...others] = rows.flat()
  if (first === undefined) return undefined
  const busiest = others.reduce((most, slot) => (slot.amount > most.amount ? slot : most), first)
  if (busiest.amount === 0) return undefined
  const counts = rows.flat().map(({ amount }) => amount)
  const cellOf = ({ amount, day, span }: Slot): HeatCell => {
    const step = heatStep(amount, counts)
    return {
      count: narrow(amount),
      title: `${day}, ${span}: ${words.questions(amount)}`,
      steps: Array.from({ length: heatSteps + 1 }, (_, at) => at === step)
    }
  }
  return {
    title: words.heat.title,
    caption: words.heat.caption(
      busiest.day,
      busiest.span,
      busiest.amount,
      ownText(report.period.timeZone, 60)
    ),
    hours: hoursIn(words),
    rows: rows.map((slots) => ({
      day: slots[0]?.day ?? "",
      cells: slots.map(cellOf),
      total: narrow(sum(slots.map(({ amount }) => amount)))
    }))
  }
}
