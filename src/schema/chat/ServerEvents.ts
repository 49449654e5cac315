import { isFields, parseJson } from "./Json.ts"
import { lineLengthMax } from "./Lines.ts"

/**
 * Reads the lines of `text/event-stream`. Chatbots write them loosely: an event may lack the blank
 * line that ends it, and its data may span several lines.
 */
export class ServerEvents {
  readonly #read: (data: string, event: string | undefined) => void
  /** Takes a line that belongs to no event stream. */
  readonly #stray: (line: string) => void
  #event: string | undefined
  #held: string | undefined
  #hasOneLine = true

  constructor(
    read: (data: string, event: string | undefined) => void,
    stray: (line: string) => void
  ) {
    this.#read = read
    this.#stray = stray
  }

  readonly line = (line: string): void => {
    if (line === "") {
      this.end()
      return
    }
    const colon = line.indexOf(":")
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1)
    const field = colon < 0 ? line : line.slice(0, colon)
    if (field === "data" && colon > 0) this.#hold(value)
    else if (field === "event") {
      this.end()
      this.#event = value.trim()
    } else if (!["", "id", "retry", "data"].includes(field)) this.#stray(line)
  }

  /** Reads a last event without an end. */
  end(): void {
    this.#flush()
    this.#event = undefined
  }

  #flush(): void {
    const data = this.#held
    this.#held = undefined
    this.#hasOneLine = true
    if (data !== undefined || this.#event === "error") this.#read(data ?? "", this.#event)
  }

  #hold(value: string): void {
    if (this.#held !== undefined && this.#hasOneLine && isFields(parseJson(this.#held))) {
      this.#flush()
    }
    if (this.#held === undefined) this.#held = value
    else {
      this.#hasOneLine = false
      if (this.#held.length <= lineLengthMax) this.#held += `\n${value}`
    }
  }
}
