/** Progress goes to stderr, because stdout holds results only. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"

const step = 100

/** Counts up to an unknown end, on a line for every hundred and later for every tenth more. */
export const progress = (done: string, expected?: number) => {
  const ofAll = expected === undefined ? "" : ` of about ${expected}`
  let next = step
  return (count: number): Effect.Effect<void> => {
    if (count < next) return Effect.void
    next = count + Math.max(step, Math.floor(count / 10))
    return Console.error(`${count}${ofAll} ${done}`)
  }
}

const [labelWidth, barWidth] = [34, 30]

/** One line of a bar that fits the columns of a terminal; a long label is cut. */
export const barLine = (label: string, done: number, total: number, columns = 80): string => {
  const counts = ` ${done}/${total}`
  const room = Math.max(8, columns - 1 - 2 - counts.length)
  const forLabel = Math.min(labelWidth, Math.floor(room / 2))
  const width = Math.min(barWidth, room - forLabel)
  const full = Math.round(Math.min(1, done / Math.max(1, total)) * width)
  const name = label.length > forLabel ? `${label.slice(0, forLabel - 2)}… ` : label
  return `${name.padEnd(forLabel)}[${"#".repeat(full)}${"-".repeat(width - full)}]${counts}`
}

/** Redraws in place on a terminal; elsewhere it writes a line at every quarter. */
export const progressBar = (label: string, total: number) => {
  const { stderr } = process
  let quarter = -1
  const draw = (done: number): void => {
    const share = Math.min(1, done / Math.max(1, total))
    const line = barLine(label, done, total, stderr.columns)
    if (stderr.isTTY) {
      stderr.write(`\r\x1b[2K${line}`)
    } else if (Math.floor(4 * share) > quarter) {
      quarter = Math.floor(4 * share)
      stderr.write(`${line}\n`)
    }
  }
  return {
    set: (done: number) => Effect.sync(() => draw(done)),
    end: Effect.sync(() => {
      if (stderr.isTTY) stderr.write("\n")
    })
  }
}
