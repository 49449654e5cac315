import { readLengthMax } from "../redaction/TextLength.ts"

const opening = "<think>"
const closing = "</think>"

/** The most white space before the first word. */
const beginningMax = 1024

/**
 * The words of an answer as they come, in bounded memory. Models that think aloud do so before they
 * speak, between two tags, which are left out with what they enclose.
 */
export class SpokenText {
  text = ""
  #state: "beginning" | "thinking" | "speaking" = "beginning"
  #held = ""
  #hasThought = false

  add(piece: string): void {
    this.#held += piece
    let goesOn = true
    while (goesOn) goesOn = this.#next()
  }

  end(): void {
    if (this.#state === "beginning") this.#speak()
    if (this.#state === "speaking") this.#write()
    // templates of some models open the first tag for them
    const at = this.text.indexOf(closing)
    if (at >= 0 && !this.text.includes(opening)) {
      this.text = this.text.slice(at + closing.length).trimStart()
    }
  }

  /** Takes one step; false when it needs more text, or no further one. */
  #next(): boolean {
    if (this.#state === "speaking") return this.#write()
    return this.#state === "thinking" ? this.#think() : this.#begin()
  }

  #begin(): boolean {
    const start = this.#held.trimStart()
    const isOpen = start.length < opening.length && this.#held.length < beginningMax
    if (isOpen && opening.startsWith(start)) return false
    if (start.startsWith(opening)) this.#state = "thinking"
    else this.#speak()
    return true
  }

  #think(): boolean {
    const end = this.#held.indexOf(closing)
    if (end < 0) {
      this.#held = this.#held.slice(1 - closing.length)
      return false
    }
    this.#held = this.#held.slice(end + closing.length)
    this.#hasThought = true
    this.#state = "beginning"
    return true
  }

  #speak(): void {
    this.#state = "speaking"
    if (this.#hasThought) this.#held = this.#held.trimStart()
  }

  #write(): false {
    this.text += this.#held.slice(0, Math.max(0, readLengthMax - this.text.length))
    this.#held = ""
    return false
  }
}
