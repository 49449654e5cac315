import { lineOf, type Meter } from "./Meter.ts"

/** The questions a month from which a meter costs more than it does at rest. */
export interface Break {
  readonly service: string
  readonly meter: string
  readonly questions: number
}

/** No chatbot is asked more often. */
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

/** The meters that traffic breaks, in order: up to the first, traffic is free. */
export const breaksOf = (meters: ReadonlyArray<Meter>): ReadonlyArray<Break> =>
  meters
    .map(breakOf)
    .filter((found) => found !== undefined)
    .sort((one, other) => one.questions - other.questions)
