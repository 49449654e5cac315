/** Reads CSV by RFC 4180 piece by piece, so that a file takes the memory of one record. */

export interface CsvRecord {
  /** Line of the file, from 1, where the record starts; a quoted cell may span several. */
  readonly line: number
  readonly cells: ReadonlyArray<string>
}

export interface CsvOptions {
  readonly separator?: string
  /** Reading goes on at this line after a record that is malformed before it. */
  readonly fromLine?: number
}

/** A longer record has probably lost a quote. */
const recordLengthMax = 4 * 1024 * 1024

/** A table of more columns is none of questions and answers. */
export const columnsMax = 1000

/** A record of more cells is none of a table that anybody reads. */
const cellsMax = 10_000

/** Index after the quote that closes a cell, -1 without one; two quotes stand for one. */
const endOfQuoted = (text: string, start: number): number => {
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at + 1
  }
  return -1
}

const lineBreak = /\r\n|[\r\n]/g

const lineBreaks = (text: string): number => text.match(lineBreak)?.length ?? 0

export class CsvReader {
  /** Line and fault of the first malformed record, where reading ends. */
  malformed: string | undefined

  #line = 1
  #text = ""
  #isSkipping = false
  readonly #separator: string
  readonly #delimiter: RegExp
  readonly #fromLine: number

  constructor({ fromLine = 1, separator = "," }: CsvOptions = {}) {
    this.#separator = separator
    this.#fromLine = fromLine
    this.#delimiter = new RegExp(`[${separator}]|\\r\\n|[\\r\\n]|$`, "g")
  }

  /** The line where the next record starts. */
  get line(): number {
    return this.#line
  }

  /** Returns the records that end in this piece of text. */
  read(text: string): ReadonlyArray<CsvRecord> {
    this.#text += text
    return this.#take(false)
  }

  /** Returns the last record if the text does not end with a line break. */
  end(): ReadonlyArray<CsvRecord> {
    return this.#take(true)
  }

  #take(isWhole: boolean): ReadonlyArray<CsvRecord> {
    const records: Array<CsvRecord> = []
    if (this.#isSkipping) this.#skip()
    while (this.#text !== "" && this.malformed === undefined) {
      const record = this.#firstRecord(isWhole)
      if (record === "unfinished") {
        const isLost = isWhole || this.#text.length > recordLengthMax
        if (isLost && this.#skipped()) continue
        if (isLost) this.malformed = this.#endless()
        break
      }
      if ("faultAt" in record) {
        if (this.#skipped()) continue
        const lines = lineBreaks(this.#text.slice(0, record.faultAt))
        const { fault = "a quote in the middle of a field" } = record
        this.malformed = `line ${this.#line}: ${fault}${
          lines === 0 ? "" : `, which began there and goes on to line ${this.#line + lines}`
        }`
        break
      }
      const text = this.#text.slice(0, record.length)
      if (!/^[\r\n]/.test(text)) records.push({ line: this.#line, cells: record.cells })
      this.#line += lineBreaks(text)
      this.#text = this.#text.slice(record.length)
    }
    return records
  }

  /** The cells and the length of the first record, or why there is none. */
  #firstRecord(isWhole: boolean) {
    const text = this.#text
    const cells: Array<string> = []
    for (let start = 0; ; ) {
      const isQuoted = text[start] === '"'
      const cellEnd = isQuoted ? endOfQuoted(text, start + 1) : start
      if (cellEnd === -1) return "unfinished"
      this.#delimiter.lastIndex = cellEnd
      const { 0: by = "", index: end = 0 } = this.#delimiter.exec(text) ?? {}
      // at the end of a piece, a carriage return or a quote may be the first of two characters
      if (!isWhole && (end === text.length || (by === "\r" && end + 1 === text.length))) {
        return "unfinished"
      }
      if (isQuoted && end !== cellEnd) return { faultAt: cellEnd, fault: undefined }
      const cell = text.slice(start, end)
      if (!isQuoted && cell.includes('"')) return { faultAt: start, fault: undefined }
      if (cells.length === cellsMax) return { faultAt: 0, fault: `more than ${cellsMax} cells` }
      cells.push(isQuoted ? cell.slice(1, -1).replaceAll('""', '"') : cell)
      start = end + by.length
      if (by !== this.#separator) return { cells, length: start }
    }
  }

  #endless(): string {
    return this.#text.includes('"')
      ? `line ${this.#line}: a quote is never closed`
      : `line ${this.#line}: it is longer than 4 MB`
  }

  /** Gives up the lines before the one to go on from; false if reading is past it. */
  #skipped(): boolean {
    if (this.#line >= this.#fromLine) return false
    this.#isSkipping = true
    this.#skip()
    return true
  }

  #skip(): void {
    lineBreak.lastIndex = 0
    while (this.#line < this.#fromLine && lineBreak.test(this.#text)) this.#line += 1
    this.#isSkipping = this.#line < this.#fromLine
    this.#text = this.#isSkipping ? "" : this.#text.slice(lineBreak.lastIndex)
  }
}
