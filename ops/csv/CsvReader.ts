/** Reads CSV by RFC 4180 piece by piece: a file of any size takes the memory of one record. */
import * as Data from "effect/Data"

/** From this line on, the text is no CSV. */
export class CsvMalformed extends Data.TaggedError("CsvMalformed")<{
  readonly line: number
  readonly detail: string
}> {
  override get message() {
    return `line ${this.line}: ${this.detail}`
  }
}

export interface CsvRecord {
  /** Where the record starts, from 1: a quoted cell may go over several lines. */
  readonly line: number
  readonly cells: ReadonlyArray<string>
}

/** No record of ours is as long, so what is longer has lost a quote. */
const recordLengthMax = 4 * 1024 * 1024

/** `quoteEnd`: behind a quote that ends the cell, unless another one follows. */
type Where = "cellStart" | "plain" | "quoted" | "quoteEnd"

export class CsvReader {
  /** Set once the text is no CSV; from there on nothing is read. */
  malformed: CsvMalformed | undefined

  #where: Where = "cellStart"
  #line = 1
  #startLine = 1
  #length = 0
  #cell = ""
  #cells: Array<string> = []
  #afterReturn = false

  /** The records that end in this piece of text. */
  read(text: string): ReadonlyArray<CsvRecord> {
    const records: Array<CsvRecord> = []
    for (const character of text) {
      if (this.malformed !== undefined) break
      this.#take(character, records)
    }
    return records
  }

  /** The last record, when the text does not end with a line break. */
  end(): ReadonlyArray<CsvRecord> {
    if (this.#where === "quoted") this.#fail("a quote is never closed")
    const records: Array<CsvRecord> = []
    if (this.#length > 0 && this.malformed === undefined) this.#endRecord(records)
    return records
  }

  #take(character: string, records: Array<CsvRecord>): void {
    const isBreak = character === "\n" || character === "\r"
    const isSecond = character === "\n" && this.#afterReturn
    this.#afterReturn = character === "\r"
    if (this.#where === "quoted") {
      if (character === '"') this.#where = "quoteEnd"
      else this.#add(character)
    } else if (isBreak) {
      if (!isSecond) this.#endRecord(records)
    } else this.#takeUnquoted(character)
    if (isBreak && !isSecond) this.#line += 1
    if (isBreak && this.#length === 0) this.#startLine = this.#line
  }

  #takeUnquoted(character: string): void {
    this.#length += 1
    if (character === ",") this.#endCell()
    else if (character === '"' && this.#where === "cellStart") this.#where = "quoted"
    else if (character === '"' && this.#where === "quoteEnd") {
      this.#where = "quoted"
      this.#add('"')
    } else if (this.#where === "quoteEnd") this.#fail("text follows a closing quote")
    else {
      this.#where = "plain"
      this.#add(character)
    }
  }

  #add(character: string): void {
    this.#cell += character
    this.#length += 1
    if (this.#length > recordLengthMax) this.#fail("a quote is never closed")
  }

  #endCell(): void {
    this.#cells.push(this.#cell)
    this.#cell = ""
    this.#where = "cellStart"
  }

  /** A line with nothing on it is no record. */
  #endRecord(records: Array<CsvRecord>): void {
    this.#endCell()
    if (this.#length > 0) records.push({ line: this.#startLine, cells: this.#cells })
    this.#cells = []
    this.#length = 0
  }

  #fail(detail: string): void {
    this.malformed = new CsvMalformed({ line: this.#startLine, detail })
  }
}
