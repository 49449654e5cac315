/** Reads the objects of one JSON document piece by piece: its array's, or itself. */
import type { Line } from "./LineReader.ts"

/** A row is shorter; ChatGPT writes a long conversation as some megabytes. */
const valueLengthMax = 64 * 1024 * 1024

/** The lists in which services wrap the rows of an answer. */
const wrapper = /"(?:data|items|records|requests|results|rows|traces|observations|logs)"\s*:\s*$/

const closes: Readonly<Record<string, string>> = { "[": "]", "{": "}" }

const lineBreaks = (text: string): number => text.match(/\n/g)?.length ?? 0

export class JsonReader {
  /** Line and fault where reading ends. */
  malformed: string | undefined

  /** The line of the present row, whose beginning is counted. */
  #line = 1
  #counted = 0
  #text = ""
  /** The place where scanning goes on. */
  #at = 0
  /** Brackets that are open, outermost first. */
  readonly #open: Array<string> = []
  /** How many brackets are around a row: 0 for the document itself, until a list begins. */
  #depth = 0
  #isInText = false
  /** The place in the text where the present row begins. */
  #start: number | undefined
  #isOver = false

  read(text: string): ReadonlyArray<Line> {
    const rows: Array<Line> = []
    this.#text += text
    const structural = /["[\]{}]/g
    const inText = /["\\]/g
    while (this.malformed === undefined && !this.#isOver) {
      const pattern = this.#isInText ? inText : structural
      pattern.lastIndex = this.#at
      const { 0: mark, index } = pattern.exec(this.#text) ?? {}
      if (mark === undefined || index === undefined) {
        this.#at = this.#text.length
        break
      }
      // an escape at the end of a piece waits for its second character
      if (mark === "\\" && index + 1 === this.#text.length) {
        this.#at = index
        break
      }
      this.#at = index + (mark === "\\" ? 2 : 1)
      if (mark === '"') this.#isInText = !this.#isInText
      else if (mark === "[" || mark === "{") this.#begin(mark, index)
      else if (mark !== "\\") rows.push(...this.#finish(mark, index))
    }
    this.#drop(this.#start ?? this.#at)
    if (this.#text.length > valueLengthMax) {
      this.malformed ??= `line ${this.#line}: it holds a value that never ends`
    }
    return rows
  }

  end(): ReadonlyArray<Line> {
    if (this.#open.length > 0 && !this.#isOver) {
      this.malformed ??= `line ${this.#line}: the file is cut, and what followed is gone`
    }
    return []
  }

  #begin(mark: string, index: number): void {
    const isList = mark === "[" && this.#open.length === (this.#open[0] === "{" ? 1 : 0)
    if (isList && this.#depth === 0) {
      const isFirst = this.#open.length === 0
      const before = this.#text.slice(Math.max(0, index - 64), index)
      if (isFirst || wrapper.test(before)) {
        this.#depth = this.#open.length + 1
        this.#start = undefined
        this.#open.push(mark)
        return
      }
    }
    if (this.#open.length === this.#depth) {
      this.#countTo(index)
      this.#start = index
    }
    this.#open.push(mark)
  }

  #finish(mark: string, index: number): ReadonlyArray<Line> {
    const opened = this.#open.pop()
    if (opened === undefined || closes[opened] !== mark) {
      this.#countTo(index)
      this.malformed = `line ${this.#line}: a bracket closes what is not open`
      return []
    }
    // what follows the list tells of pages, not of rows
    if (this.#depth > 0 && this.#open.length < this.#depth) this.#isOver = true
    if (this.#open.length !== this.#depth || this.#start === undefined) return []
    const text = this.#text.slice(this.#start, index + 1)
    this.#start = undefined
    return [{ line: this.#line, text }]
  }

  /** Lets the line be that of a place which comes later. */
  #countTo(index: number): void {
    this.#line += lineBreaks(this.#text.slice(this.#counted, index))
    this.#counted = index
  }

  #drop(end: number): void {
    if (this.#counted < end) this.#countTo(end)
    this.#text = this.#text.slice(end)
    this.#at -= end
    this.#counted -= end
    if (this.#start !== undefined) this.#start -= end
  }
}
