import { lineOf, type Meter } from "./Meter.ts"

/** How many questions a month a meter takes before it starts to cost more than it does at rest. */
export interface Break {
  readonly service: string
  readonly meter: string
  readonly questions: number
}

/** Beyond it nobody asks for the bill of one small table. */
const questionsMax = 1e12

const costsMore = (meter: Meter, questions: number): boolean =>
  lineOf(meter, questions).usd > lineOf(meter, 0).usd

/** The last number of questions that is still free; `undefined` for a meter that never grows. */
const breakOf = (meter: Meter): Break | undefined => {
  let [free, paid] = [0, questionsMax]
  if (!costsMore(meter, paid)) return undefined
  while (paid - free > 1) {
    const middle = Math.floor((free + paid) / 2)
    if (costsMore(meter, middle)) paid = middle
    else free = middle
  }
  return { service: meter.service, meter: meter.name, questions: free }
}

/**
 * The meters that traffic breaks, the first one first: up to its number the bill is what it is
 * without any traffic.
 */
export const breaksOf = (meters: ReadonlyArray<Meter>): ReadonlyArray<Break> =>
  meters
    .map(breakOf)
    .filter((found) => found !== undefined)
    .sort((one, other) => one.questions - other.questions)
