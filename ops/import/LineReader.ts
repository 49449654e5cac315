/** Two events of the largest size that a queue takes are shorter as JSON. */
const lineLengthMax = 16 * 1024 * 1024

export interface Line {
  readonly line: number
  readonly text: string
}

/** Reads lines piece by piece and leaves out blank ones. */
export class LineReader {
  /** Line and fault of a line that is too long, where reading ends. */
  malformed: string | undefined

  #line = 1
  #rest = ""

  read(text: string): ReadonlyArray<Line> {
    const [first = "", ...others] = text.split("\n")
    this.#rest += first
    const lines = others.flatMap((next) => {
      const ended = this.end()
      this.#line += 1
      this.#rest = next
      return ended
    })
    if (this.#rest.length > lineLengthMax) this.malformed = `line ${this.#line}: it never ends`
    return lines
  }

  end(): ReadonlyArray<Line> {
    return this.#rest.trim() === "" ? [] : [{ line: this.#line, text: this.#rest }]
  }
}
