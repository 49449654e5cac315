/** The change of a figure since the week before, as a sign, an arrow and a word. */
import type { Words } from "../words/English.ts"

/** How to read a rise of the measure. */
export type Rise = "neutral" | "better" | "worse"

export interface Delta {
  /** `▲`, `▼` or empty. */
  readonly arrow: string
  readonly words: string
  readonly better: boolean
  readonly worse: boolean
  /** The change relative to the base, for ranking; a small base counts as `floor`. */
  readonly size: number
}

/** Formats a measure's amounts; a change below `least` is too small to write. */
export interface Unit {
  readonly write: (amount: number) => string
  readonly least: number
}

/** A smaller base has no percentage: 1 to 4 is `+3`, not `+300%`. */
const floor = 10

const still = { arrow: "", better: false, worse: false, size: 0 }

const moved = (
  change: string,
  difference: number,
  rise: Rise,
  size: number,
  words: Words["change"]
): Delta => {
  const up = difference > 0
  const better = rise === (up ? "better" : "worse")
  const verdict = better ? words.better : words.worse
  return {
    arrow: up ? "▲" : "▼",
    words: rise === "neutral" ? change : change + verdict,
    better,
    worse: rise !== "neutral" && !better,
    size
  }
}

const signed = (difference: number, text: string): string => `${difference > 0 ? "+" : "-"}${text}`

/** A change that is too small for a verdict. */
const slight = (unit: string, difference: number, size: number, words: Words["change"]): Delta =>
  moved(difference > 0 ? words.up(unit) : words.down(unit), difference, "neutral", size, words)

/** Writes -100% only for a fall to zero. */
const percentChange = (difference: number, base: number, { change, numbers }: Words): string => {
  const percent = Math.round(Math.abs((100 * difference) / base))
  if (difference < 0) {
    return numbers.signedShare(-(base + difference > 0 ? Math.min(99, percent) : 100) / 100)
  }
  return percent > 999 ? change.over(numbers.signedShare(9.99)) : numbers.signedShare(percent / 100)
}

/**
 * The change of an amount: `n/a` without a base, `new` from 0, the difference from a small base,
 * else a percentage. Changes that are too small to write have no verdict.
 */
export const delta = (
  now: number | undefined,
  base: number | undefined,
  rise: Rise,
  words: Words,
  { least, write }: Unit = { write: words.numbers.count, least: 1 }
): Delta => {
  const { change, numbers } = words
  if (now === undefined || base === undefined) return { ...still, words: numbers.none }
  const difference = now - base
  if (difference === 0) return { ...still, words: change.none }
  const size = Math.abs(difference) / Math.max(base, floor)
  if (base <= 0) return moved(change.fromZero, difference, rise, size, change)
  if (Math.abs(difference) < least) return slight(write(least), difference, size, change)
  if (base >= floor && size < 0.005) return slight(numbers.share(0.01), difference, size, change)
  const text =
    base < floor
      ? signed(difference, write(Math.abs(difference)))
      : percentChange(difference, base, words)
  return moved(text, difference, rise, size, change)
}

/** A part of a whole, which may be 0. */
export interface Share {
  readonly part: number
  readonly whole: number
}

const pointsOf = (share: Share | undefined): number | undefined =>
  share === undefined || share.whole === 0 ? undefined : (100 * share.part) / share.whole

/** The change of a share, in percentage points. */
export const shareDelta = (
  now: Share,
  base: Share | undefined,
  rise: Rise,
  { change, numbers }: Words
): Delta => {
  const [points, basePoints] = [pointsOf(now), pointsOf(base)]
  if (points === undefined || basePoints === undefined) return { ...still, words: numbers.none }
  const difference = points - basePoints
  if (difference === 0) return { ...still, words: change.none }
  const size = Math.abs(difference) / 100
  const rounded = Math.round(Math.abs(difference))
  if (rounded === 0) return slight(change.points(1), difference, size, change)
  return moved(signed(difference, change.points(rounded)), difference, rise, size, change)
}
