/** A promise that did not hold, by its name, and what shows it. */
export interface Violation {
  readonly invariant: string
  readonly detail: string
}

/** Tells a reader the events of one history, and the promises that did not hold. */
export class Chronicle {
  readonly lines: Array<string> = []
  readonly violations: Array<Violation> = []
  #last = ""
  #times = 1
  readonly #isTold: boolean
  readonly #now: () => number

  constructor(isTold: boolean, now: () => number) {
    this.#isTold = isTold
    this.#now = now
  }

  /** A line that repeats is told once, with its count. */
  tell(line: string): void {
    if (!this.#isTold) return
    this.#times = line === this.#last ? this.#times + 1 : 1
    this.#last = line
    if (this.#times > 1) this.lines.pop()
    const times = this.#times > 1 ? ` (${this.#times} times)` : ""
    this.lines.push(`${new Date(this.#now()).toISOString()}  ${line}${times}`)
  }

  violate(invariant: string, detail: string): void {
    this.violations.push({ invariant, detail })
    this.tell(`VIOLATED: ${invariant}: ${detail}`)
  }
}
