/** The most characters of a line; a longer line is skipped. */
export const lineLengthMax = 1_048_576

/**
 * Cuts a text into lines as it comes, whatever ends them. It looks at each piece once, however many
 * pieces a line has, and holds a bounded part of it.
 */
export class Lines {
  readonly #read: (line: string) => void
  #unfinished = ""
  #isSkipping = false
  #endedInReturn = false

  constructor(read: (line: string) => void) {
    this.#read = read
  }

  add(piece: string): void {
    if (piece === "") return
    let from = this.#endedInReturn && piece.startsWith("\n") ? 1 : 0
    const end = /\r\n?|\n/g
    end.lastIndex = from
    for (let found = end.exec(piece); found !== null; found = end.exec(piece)) {
      this.#hold(piece.slice(from, found.index))
      this.#finish()
      from = end.lastIndex
    }
    this.#endedInReturn = piece.endsWith("\r")
    this.#hold(piece.slice(from))
  }

  /** Reads a last line without an end. */
  end(): void {
    if (this.#unfinished !== "") this.#finish()
  }

  #hold(text: string): void {
    if (this.#isSkipping) return
    this.#unfinished += text
    if (this.#unfinished.length <= lineLengthMax) return
    this.#isSkipping = true
    this.#unfinished = ""
  }

  #finish(): void {
    const line = this.#unfinished
    const isWhole = !this.#isSkipping
    this.#unfinished = ""
    this.#isSkipping = false
    if (isWhole) this.#read(line)
  }
}
