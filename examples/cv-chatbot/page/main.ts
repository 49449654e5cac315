/** The chat page, which keeps its data in its tab and talks only to the Worker that served it. */
import { Conversation, type Exchange } from "./Conversation.ts"
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
const again = the("again", HTMLButtonElement)
const examples = the("examples", HTMLElement)

let conversation = new Conversation()

const ask = (text: string, signal: AbortSignal): Promise<Response> =>
  fetch("/query", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: text, sessionId: conversation.id }),
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

/** Examples are for who has not asked yet. */
const showState = (): void => {
  const isEmpty = conversation.exchanges.length === 0
  examples.hidden = !isEmpty
  again.hidden = isEmpty || asking !== undefined
  stop.hidden = asking === undefined
}

/** Adds question and answer to the log; the answer may be on its way. */
const show = ({ answer, question }: Exchange): Turn => {
  new Turn(log, "question").say(question)
  const turn = new Turn(log, "answer")
  turn.say(answer)
  return turn
}

const end = (turn: Turn, exchange: Exchange): void =>
  turn.end(exchange.ending, exchange.rating, (rating) => {
    exchange.rating = rating
    conversation.keep()
  })

const send = async (text: string): Promise<void> => {
  asking = new AbortController()
  const { signal } = asking
  const exchange = conversation.ask(text)
  const turn = show(exchange)
  turn.busy(true)
  showState()
  status.textContent = "The answer is on its way."
  scrollTo(0, document.documentElement.scrollHeight)
  exchange.ending = await endingOf(ask(text, signal), signal, (piece) => {
    exchange.answer += piece
    followed(() => turn.say(piece))
  })
  followed(() => end(turn, exchange))
  conversation.keep()
  asking = undefined
  status.textContent = ""
  if (document.activeElement === stop) question.focus()
  showState()
  // a failed question can be sent again, or be shortened
  if (exchange.ending._tag === "Failed" && question.value === "") question.value = text
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
again.addEventListener("click", () => {
  conversation.forget()
  conversation = new Conversation()
  log.replaceChildren()
  showState()
  question.focus()
})
for (const example of examples.querySelectorAll("button")) {
  example.addEventListener("click", () => {
    question.value = example.textContent
    submit()
  })
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") asking?.abort()
})

for (const exchange of conversation.exchanges) end(show(exchange), exchange)
the("fields", HTMLFieldSetElement).disabled = false
showState()
question.focus()
