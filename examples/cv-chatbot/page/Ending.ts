/** Shows an answer as it comes, which the page reads as the recorder does. */
import { AnswerReader } from "../../../src/schema/chat/AnswerReader.ts"
import { textLengthMax } from "../../../src/schema/redaction/TextLength.ts"
import { readPageMessage } from "./readPageMessage.ts"

/** How a question ended; an answer may have a token, by which the visitor may vote on it. */
export type Ending =
  | { readonly _tag: "Answered"; readonly token?: string }
  | { readonly _tag: "Stopped"; readonly detail: string }
  | { readonly _tag: "Failed"; readonly detail: string }

const answered = ({ headers }: Response): Ending => {
  const token = headers.get("x-cv-feedback")
  return token === null ? { _tag: "Answered" } : { _tag: "Answered", token }
}
const stopped = (detail: string): Ending => ({ _tag: "Stopped", detail })
const failed = (detail: string): Ending => ({ _tag: "Failed", detail })

const typeOf = (response: Response): string =>
  (response.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? ""

const waitFor = (retryAfter: string | null): string =>
  retryAfter !== null && /^\d+$/.test(retryAfter) ? `${retryAfter} seconds` : "a while"

/** Finds a problem's sentence; a proxy before the Worker may refuse in other forms. */
const detailOf = async (response: Response): Promise<string> => {
  if (typeOf(response) === "application/problem+json") {
    const { detail } = Object(await response.json().catch(() => undefined))
    if (typeof detail === "string" && detail !== "") return detail
  }
  return response.status === 429
    ? `Too many questions; please wait ${waitFor(response.headers.get("retry-after"))}.`
    : `There is no answer at the moment (HTTP ${response.status}); please try again.`
}

/** Shows new text as it arrives, up to the length that is recorded. */
const read = async (response: Response, show: (piece: string) => void): Promise<Ending> => {
  const transcript = new AnswerReader(typeOf(response), readPageMessage)
  const decoder = new TextDecoder()
  let shown = 0
  const showNew = () => {
    const piece = transcript.text.slice(shown, textLengthMax)
    if (piece !== "") show(piece)
    shown += piece.length
  }
  const reader = response.body?.getReader()
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    transcript.add(decoder.decode(next.value, { stream: true }))
    showNew()
    if (shown < textLengthMax) continue
    await reader?.cancel()
    return stopped("The answer is longer than this page shows.")
  }
  transcript.add(decoder.decode())
  transcript.end()
  showNew()
  return transcript.text.trim() === "" ? failed("The chatbot said nothing.") : answered(response)
}

/** Never rejects, whatever the server or the network does; `signal` stops it. */
export const endingOf = async (
  responding: Promise<Response>,
  signal: AbortSignal,
  show: (piece: string) => void
): Promise<Ending> => {
  let begun = false
  try {
    const response = await responding
    begun = true
    if (!response.ok) return failed(await detailOf(response))
    if (!["text/event-stream", "application/json"].includes(typeOf(response))) {
      return failed("What came is no answer; please try again.")
    }
    return await read(response, show)
  } catch {
    if (signal.aborted) return stopped("Stopped.")
    return failed(begun ? "The answer broke off." : "There is no connection; please try again.")
  }
}
