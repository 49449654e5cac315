/** A conversation that an example holds, once by itself and once with the analytics around it. */
import { answerTo, broken } from "./upstream/said.ts"

/** One question as the table has to hold it. */
export interface Recorded {
  readonly question: string
  readonly answer: string
  readonly outcome: string
  readonly matchType: string
  /** Undefined where the answer does not tell it. */
  readonly model: string | undefined
  readonly tokens:
    | { readonly input: number | undefined; readonly output: number | undefined }
    | undefined
  readonly session: string
  readonly turn: number | undefined
}

/** The surroundings of a visitor. */
export interface Place {
  /** The address of the Worker, without a slash at its end. */
  readonly url: string
  /** Imports a real package of the example. */
  readonly load: (specifier: string) => Promise<Readonly<Record<string, unknown>>>
  /** Takes the statuses of the votes that the page could send. */
  readonly voted: (statuses: ReadonlyArray<number>) => void
}

export interface Visit {
  /** Asks as the owner's page would, and returns all that came back. */
  readonly ask: (place: Place) => Promise<ReadonlyArray<unknown>>
  readonly recorded: ReadonlyArray<Recorded>
  /** The statuses of the votes that a page of the example sends. */
  readonly votes?: ReadonlyArray<number>
}

/** A browser's headers: a program's user agent would count as a bot. */
export const browser = {
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
  "accept-language": "en-GB"
}

export const opening = "When do you open?"
export const sundays = "Do you open on Sundays, too?"
export const questions = [opening, sundays]

const user = (content: string) => ({ role: "user", content })
const assistant = (content: string) => ({ role: "assistant", content })

/** The messages that pages send with each question. */
export const firstTurn = [user(opening)]
export const secondTurn = [...firstTurn, assistant(answerTo(opening)), user(sundays)]
export const thirdTurn = (question: string) => [
  ...secondTurn,
  assistant(answerTo(sundays)),
  user(question)
]

/** The part of a record that is the same for every example that streams the model's words. */
export const answered = (question: string) => ({
  question,
  answer: answerTo(question),
  outcome: "answered",
  matchType: "full"
})

/** The time of sending, and the token for a vote, which is all that the analytics add. */
const others = ["date", "x-cv-feedback"]

/** All else of a response that a visitor can see. */
export const seen = async (response: Response) => {
  const headers = [...response.headers].filter(([name]) => !others.includes(name))
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers, body: bytes.toString("latin1") }
}

export const postJson = async (url: string, body: object, headers: object = {}) =>
  seen(
    await fetch(url, {
      method: "POST",
      headers: { ...browser, "content-type": "application/json", ...headers },
      body: JSON.stringify(body)
    })
  )

/** The part that is the same when the model has failed. */
export const failed = {
  question: broken,
  answer: "",
  outcome: "failed",
  matchType: "none",
  model: undefined,
  tokens: undefined
}

/** A `fetch` for the clients of packages, which adds all that comes back to the replies. */
export const watchedFetch =
  (replies: Array<unknown>, fetching: typeof fetch = fetch): typeof fetch =>
  async (input, init) => {
    const response = await fetching(input, init)
    replies.push(await seen(response.clone()))
    return response
  }
