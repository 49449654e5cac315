import * as Data from "effect/Data"

/** From this line on, the text has no lines of ours. */
class LineTooLong extends Data.TaggedError("LineTooLong")<{ readonly line: number }> {
  override get message() {
    return `line ${this.line}: it never ends`
  }
}

/** Two events of the largest size that a queue takes, written as JSON, are shorter. */
const lineLengthMax = 16 * 1024 * 1024

export interface Line {
  readonly line: number
  readonly text: string
}

/** The lines of a text, piece by piece; those with nothing on them are left out. */
export class LineReader {
  malformed: LineTooLong | undefined

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
    if (this.#rest.length > lineLengthMax) this.malformed = new LineTooLong({ line: this.#line })
    return lines
  }

  end(): ReadonlyArray<Line> {
    return this.#rest.trim() === "" ? [] : [{ line: this.#line, text: this.#rest }]
  }
}
