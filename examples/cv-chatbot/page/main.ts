/** The chat page, which stores no data and talks only to the Worker that served it. */
import { endingOf } from "./Ending.ts"
import { Turn } from "./Turn.ts"

const the = <E extends HTMLElement>(id: string, kind: new () => E): E => {
  const element = document.getElementById(id)
  if (element instanceof kind) return element
  throw new Error(`the page has no ${id}`)
}

const form = the("form", HTMLFormElement)
const log = the("log", HTMLElement)
const question = the("question", HTMLTextAreaElement)
const status = the("status", HTMLElement)
const stop = the("stop", HTMLButtonElement)

const ask = (text: string, signal: AbortSignal): Promise<Response> =>
  fetch("/query", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: text }),
    credentials: "omit",
    redirect: "error",
    signal
  })

let asking: AbortController | undefined

/** Keeps the end of the answer in view, unless the reader has scrolled back. */
const followed = (change: () => void): void => {
  const { clientHeight, scrollHeight, scrollTop } = document.documentElement
  const follows = scrollHeight - scrollTop - clientHeight < 48
  change()
  if (follows) scrollTo(0, document.documentElement.scrollHeight)
}

const send = async (text: string): Promise<void> => {
  asking = new AbortController()
  const { signal } = asking
  const asked = new Turn(log, "question")
  asked.say(text)
  const answer = new Turn(log, "answer")
  answer.busy(true)
  stop.hidden = false
  status.textContent = "The answer is on its way."
  scrollTo(0, document.documentElement.scrollHeight)
  const ending = await endingOf(ask(text, signal), signal, (piece) =>
    followed(() => answer.say(piece))
  )
  followed(() => answer.end(ending))
  asking = undefined
  status.textContent = ""
  if (document.activeElement === stop) question.focus()
  stop.hidden = true
  // a failed question can be sent again, or be shortened
  if (ending._tag === "Failed" && question.value === "") question.value = text
}

const submit = (): void => {
  const text = question.value.trim()
  question.focus()
  if (text === "") status.textContent = "Please write a question first."
  else if (asking !== undefined) status.textContent = "Please wait for the answer, or stop it."
  else {
    question.value = ""
    void send(text)
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault()
  submit()
})
question.addEventListener("keydown", (event) => {
  // Enter also ends a word in an input method
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
  event.preventDefault()
  submit()
})
stop.addEventListener("click", () => asking?.abort())
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") asking?.abort()
})

the("fields", HTMLFieldSetElement).disabled = false
