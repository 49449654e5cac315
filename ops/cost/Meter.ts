import type { Price } from "./Prices.ts"

/** Free parts have to last for the longest month; 25 units of it are the free 18,600. */
export const monthDays = 31
export const monthHours = monthDays * 24

/** One thing that is billed by the month. */
export interface Meter {
  readonly service: string
  readonly name: string
  readonly price: Price
  /** The use of a month with so many questions; more questions never use less. */
  readonly usage: (questions: number) => number
}

export const meter = (
  service: string,
  name: string,
  price: Price,
  usage: Meter["usage"]
): Meter => ({ service, name, price, usage })

export interface Line {
  readonly service: string
  readonly meter: string
  readonly unit: string
  readonly usage: number
  readonly free: number
  readonly billable: number
  readonly usd: number
}

export const lineOf = ({ name, price, service, usage }: Meter, questions: number): Line => {
  const used = usage(questions)
  const billable = Math.max(0, used - price.free)
  return {
    service,
    meter: name,
    unit: price.unit,
    usage: used,
    free: price.free,
    billable,
    usd: billable * price.usd
  }
}

export interface Bill {
  readonly lines: ReadonlyArray<Line>
  readonly usd: number
}

export const billOf = (meters: ReadonlyArray<Meter>, questions: number): Bill => {
  const lines = meters.map((meter) => lineOf(meter, questions))
  return { lines, usd: lines.reduce((sum, { usd }) => sum + usd, 0) }
}
