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

  /** Ends with buttons for a vote, or with a note. */
  end(ending: Ending, rating: string | undefined, voted: (rating: string) => void): void {
    if (ending._tag !== "Answered") {
      const note = this.#paragraph(ending._tag === "Failed" ? "note wrong" : "note")
      note.textContent = ending.detail
      this.#turn.append(note)
    } else if (ending.token !== undefined) {
      this.#turn.append(this.#buttons(ending.token, rating, voted))
    }
    this.busy(false)
  }

  #buttons(token: string, rating: string | undefined, voted: (rating: string) => void) {
    const buttons = document.createElement("cv-feedback")
    buttons.setAttribute("token", token)
    if (rating !== undefined) buttons.setAttribute("rating", rating)
    // the log would read out every button
    buttons.ariaLive = "off"
    buttons.addEventListener("cv-vote", () => voted(buttons.getAttribute("rating") ?? ""))
    return buttons
  }
}
