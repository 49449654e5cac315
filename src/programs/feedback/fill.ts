import { commentLengthMax, voteReasons } from "../../schema/VoteWords.ts"
import { make, thumb } from "./elements.ts"
import { style } from "./style.ts"
import { texts } from "./texts.ts"

type Rating = "up" | "down"

/** Shows the vote at once, and takes it back when it does not arrive. */
const voting = (host: HTMLElement, words: typeof texts, status: HTMLElement) => {
  /** Votes leave one after the other, because the last to arrive counts. */
  let sent: Promise<unknown> = Promise.resolve()
  const rate = (rating: string | null) =>
    rating === null ? host.removeAttribute("rating") : host.setAttribute("rating", rating)
  return (chosen: Rating | null, said = {}): void => {
    const before = host.getAttribute("rating")
    const token = host.getAttribute("token")
    const body = JSON.stringify({ token, rating: chosen ?? "withdrawn", ...said })
    rate(chosen)
    sent = sent.then(async () => {
      const response = await fetch(host.getAttribute("endpoint") ?? "/feedback", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        // the vote arrives even if the page is left
        keepalive: true
      }).catch(() => undefined)
      if (response?.ok) host.dispatchEvent(new Event("cv-vote", { bubbles: true }))
      else rate(before)
      const taken = chosen === null ? words.withdrawn : words.thanks
      const refused = response?.status === 403 ? words.over : words.failed
      status.textContent = response?.ok ? taken : refused
    })
  }
}

/** Asks for a reason and a comment, which may both be left out. */
const makeForm = (words: typeof texts, tell: (said: object) => void) => {
  const named: Readonly<Record<string, string>> = words
  const options = ["", ...voteReasons].map((value) =>
    make("option", { value }, named[value] ?? value.replace("_", " "))
  )
  const reason = make("select", {}, ...options)
  const comment = make("textarea", { maxLength: commentLengthMax, dir: "auto" })
  const onsubmit = (event: Event) => {
    event.preventDefault()
    tell({ reason: reason.value || undefined, comment: comment.value })
  }
  return make(
    "form",
    { hidden: true, onsubmit },
    make("label", {}, words.reason, reason),
    make("label", {}, words.comment, comment),
    make("button", {}, words.send)
  )
}

/** Puts the buttons into the element; returns what shows its vote after each change. */
export const fill = (host: HTMLElement): (() => void) => {
  const words = { ...texts, ...JSON.parse(host.getAttribute("texts") ?? "{}") }
  const status = make("p", { role: "status" })
  const vote = voting(host, words, status)
  const show = () => {
    for (const rating of ["up", "down"] as const) {
      buttons[rating].ariaPressed = `${host.getAttribute("rating") === rating}`
    }
    buttons.down.ariaExpanded = `${!form.hidden}`
  }
  const button = (rating: Rating) => {
    const onclick = () => {
      const isTaken = host.getAttribute("rating") === rating
      form.hidden = isTaken || rating === "up"
      vote(isTaken ? null : rating)
      show()
    }
    return make("button", { ariaLabel: words[rating], title: words[rating], onclick }, thumb())
  }
  const buttons = { up: button("up"), down: button("down") }
  const form = makeForm(words, (said) => {
    form.hidden = true
    vote("down", said)
    show()
    buttons.down.focus()
  })
  const group = make("div", { role: "group", ariaLabel: words.ask }, buttons.up, buttons.down)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  const root = host.attachShadow({ mode: "open" })
  root.adoptedStyleSheets = [sheet]
  root.append(group, form, status)
  show()
  return show
}
