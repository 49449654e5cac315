/** Questions by weekday and three-hour cell, so that a week fits on a telephone. */
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { narrow, plural } from "./Format.ts"
import { quoted } from "./VisitorText.ts"

export interface HeatCell {
  readonly count: string
  readonly title: string
  /** True at the cell's colour: 0 for an empty cell, 1 to 5 for the fifths of the others. */
  readonly steps: ReadonlyArray<boolean>
}

export interface HeatMap {
  readonly title: string
  readonly caption: string
  readonly hours: ReadonlyArray<{ readonly from: string; readonly span: string }>
  readonly rows: ReadonlyArray<{ readonly day: string; readonly cells: ReadonlyArray<HeatCell> }>
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
const hoursPerCell = 3
const heatSteps = 5

const twoDigits = (n: number): string => String(n).padStart(2, "0")

const hours = Array.from({ length: 24 / hoursPerCell }, (_, at) => {
  const [from, to] = [twoDigits(at * hoursPerCell), twoDigits((at + 1) * hoursPerCell)]
  return { from, span: `${from}:00 to ${to}:00` }
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

interface Slot {
  readonly day: string
  readonly span: string
  readonly amount: number
}

const slotsOf = (perHour: WeeklyReport["hours"]): ReadonlyArray<Slot> =>
  weekdays.flatMap((day, row) =>
    hours.map(({ span }, at) => {
      const start = at * hoursPerCell
      const cell = perHour[row]?.slice(start, start + hoursPerCell) ?? []
      return { day, span, amount: cell.reduce((sum, n) => sum + n, 0) }
    })
  )

/** Absent in a week without questions. */
export const heatMap = ({ hours: perHour, period }: WeeklyReport): HeatMap | undefined => {
  const slots = slotsOf(perHour)
  const busiest = slots.reduce((most, slot) => (slot.amount > most.amount ? slot : most))
  if (busiest.amount === 0) return undefined
  const counts = slots.map(({ amount }) => amount)
  const cellOf = ({ amount, day, span }: Slot): HeatCell => {
    const step = heatStep(amount, counts)
    return {
      count: narrow(amount),
      title: `${day} ${span}: ${plural(amount, "question")}`,
      steps: Array.from({ length: heatSteps + 1 }, (_, at) => at === step)
    }
  }
  return {
    title: "Questions by hour",
    caption:
      `Busiest: ${busiest.day} ${busiest.span}, ${plural(busiest.amount, "question")}. ` +
      `Each column is three hours, ${quoted(period.timeZone, 60)} time.`,
    hours,
    rows: weekdays.map((day) => ({
      day,
      cells: slots.filter((slot) => slot.day === day).map(cellOf)
    }))
  }
}
