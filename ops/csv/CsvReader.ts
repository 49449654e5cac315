/** Reads CSV by RFC 4180 piece by piece, so that a file takes the memory of one record. */

export interface CsvRecord {
  /** Line of the file, from 1, where the record starts; a quoted cell may span several. */
  readonly line: number
  readonly cells: ReadonlyArray<string>
}

/** A longer record has probably lost a quote. */
const recordLengthMax = 4 * 1024 * 1024

/** Index after the quote that closes a cell, -1 without one; two quotes stand for one. */
const endOfQuoted = (text: string, start: number): number => {
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at + 1
  }
  return -1
}

interface Fault {
  readonly fault: string
  /** The place in the text. */
  readonly at: number
}

const misplaced = (at: number): Fault => ({ fault: "a quote in the middle of a field", at })

/** The cells and the length of a text's first record, or why it has none. */
const firstRecord = (text: string, isWhole: boolean) => {
  const cells: Array<string> = []
  const delimiter = /,|\r\n|[\r\n]|$/g
  for (let start = 0; ; ) {
    const isQuoted = text[start] === '"'
    const cellEnd = isQuoted ? endOfQuoted(text, start + 1) : start
    if (cellEnd === -1) return "unfinished"
    delimiter.lastIndex = cellEnd
    const { 0: by = "", index: end = 0 } = delimiter.exec(text) ?? {}
    // at the end of a piece, a carriage return or a quote may be the first of two characters
    if (!isWhole && /^\r?$/.test(text.slice(end))) return "unfinished"
    if (isQuoted && end !== cellEnd) return misplaced(cellEnd)
    const cell = text.slice(start, end)
    if (!isQuoted && cell.includes('"')) return misplaced(start)
    cells.push(isQuoted ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    start = end + by.length
    if (by !== ",") return { cells, length: start }
  }
}

const lineBreaks = (text: string): number => text.match(/\r\n|[\r\n]/g)?.length ?? 0

export class CsvReader {
  /** Line and fault of the first malformed record, where reading ends. */
  malformed: string | undefined

  #line = 1
  #text = ""

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
    while (this.#text !== "" && this.malformed === undefined) {
      const record = firstRecord(this.#text, isWhole)
      if (record === "unfinished") {
        const isLost = isWhole || this.#text.length > recordLengthMax
        if (isLost) this.malformed = `line ${this.#line}: a quote is never closed`
        break
      }
      if ("fault" in record) {
        const line = this.#line + lineBreaks(this.#text.slice(0, record.at))
        this.malformed = `line ${line}: ${record.fault}`
        break
      }
      const text = this.#text.slice(0, record.length)
      if (!/^[\r\n]/.test(text)) records.push({ line: this.#line, cells: record.cells })
      this.#line += lineBreaks(text)
      this.#text = this.#text.slice(record.length)
    }
    return records
  }
}
