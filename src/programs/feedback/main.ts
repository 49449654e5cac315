/**
 * `<cv-feedback token="…" endpoint="…">`: buttons for a vote on an answer, for any page. The
 * attribute `rating` has the vote, and the event `cv-vote` tells of each that has arrived.
 */
import { fill } from "./fill.ts"

const define = (): void => {
  class Feedback extends HTMLElement {
    static observedAttributes = ["rating", "token"]
    #show: (() => void) | undefined

    connectedCallback(): void {
      this.#show ??= fill(this)
    }

    attributeChangedCallback(name: string, before: string | null): void {
      // another answer has no vote yet
      if (name === "token" && before !== null) this.removeAttribute("rating")
      this.#show?.()
    }
  }
  customElements.define("cv-feedback", Feedback)
}

// a server may render the page, and two bundles may have this module
if (globalThis.customElements && !customElements.get("cv-feedback")) define()
