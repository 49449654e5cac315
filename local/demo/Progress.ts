import * as Effect from "effect/Effect"

/** A bar on the terminal's error stream, so that standard output stays the result's. */
export interface Progress {
  readonly set: (done: number) => Effect.Effect<void>
  readonly end: Effect.Effect<void>
}

/** What happens next, where there is nothing to count. */
export const announce = (text: string): Effect.Effect<void> =>
  Effect.sync(() => {
    process.stderr.write(`${text}\n`)
  })

const width = 30

const bar = (done: number, total: number): string => {
  const full = Math.round((Math.min(done, total) / Math.max(1, total)) * width)
  return `[${"#".repeat(full)}${"-".repeat(width - full)}] ${done}/${total}`
}

const quarterOf = (done: number, total: number): number =>
  Math.floor((4 * done) / Math.max(1, total))

/** Redraws in place on a terminal; elsewhere it writes a line at every quarter. */
export const make = (label: string, total: number): Progress => {
  const { stderr } = process
  const head = label.padEnd(34)
  let quarter = -1
  const draw = (done: number): void => {
    if (stderr.isTTY) {
      stderr.write(`\r\x1b[2K${head}${bar(done, total)}`)
    } else if (quarterOf(done, total) > quarter) {
      quarter = quarterOf(done, total)
      stderr.write(`${head}${bar(done, total)}\n`)
    }
  }
  return {
    set: (done) => Effect.sync(() => draw(done)),
    end: Effect.sync(() => {
      if (stderr.isTTY) stderr.write("\n")
    })
  }
}
