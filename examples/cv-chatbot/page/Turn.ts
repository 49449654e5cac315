import type { Ending } from "./Ending.ts"

/** A question or an answer in the log. Text is never taken for HTML. */
export class Turn {
  readonly #turn = document.createElement("div")
  readonly #text = document.createTextNode("")

  constructor(log: HTMLElement, side: "question" | "answer") {
    this.#turn.className = `turn ${side}`
    const said = this.#paragraph("said")
    said.dir = "auto"
    said.append(this.#text)
    const who = this.#paragraph("who")
    who.textContent = side === "question" ? "You" : "Answer"
    this.#turn.append(who, said)
    log.append(this.#turn)
  }

  #paragraph(name: string): HTMLParagraphElement {
    const paragraph = document.createElement("p")
    paragraph.className = name
    return paragraph
  }

  say(piece: string): void {
    this.#text.appendData(piece)
  }

  /** Makes a screen reader wait for the whole text, instead of reading out every piece. */
  busy(is: boolean): void {
    this.#turn.setAttribute("aria-busy", String(is))
  }

  end(ending: Ending): void {
    this.busy(false)
    if (ending._tag === "Answered") return
    const note = this.#paragraph(ending._tag === "Failed" ? "note wrong" : "note")
    note.textContent = ending.detail
    this.#turn.append(note)
  }
}
